package dev.berth.interop;

/**
 * Where a guest goes, and how.
 *
 * @param host {@code 127.0.0.1} or {@code ::1}
 * @param account by which it logs in
 * @param isEncrypted whether control and data connections are to be in TLS, by AUTH TLS
 * @param isActive whether data connections are to be in active mode
 */
record Site(String host, int port, String account, boolean isEncrypted, boolean isActive) {
  /** {@code 127.0.0.1} or {@code [::1]}. */
  String bracketed() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** The address of a name, percent-encoded, without a password. */
  String url(String name) {
    return "ftp://" + bracketed() + ":" + port + "/" + encoded(name);
  }

  /** The same with account and password. */
  String urlWithPassword(String scheme, String name) {
    return "%s://%s:%s@%s:%d/%s"
        .formatted(scheme, account, OurServer.PASSWORD, bracketed(), port, encoded(name));
  }

  static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
