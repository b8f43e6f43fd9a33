package dev.berth.cli;

/** How the connections to one server are protected, the URL and {@code --tls} taken together. */
enum Protection {
  /** TLS from the first byte: {@code ftps://}. */
  IMPLICIT,
  /** AUTH TLS before login, or no login. */
  REQUIRED,
  /** AUTH TLS before login where the server offers it. */
  IF_OFFERED,
  /** None. */
  NONE;

  /**
   * @param scheme of the URL
   * @param tls what was asked for; it counts for {@code ftp://} only
   */
  static Protection of(ServerUrl.Scheme scheme, Tls tls) {
    if (scheme == ServerUrl.Scheme.FTPS) {
      return IMPLICIT;
    }
    return switch (tls) {
      case AUTO -> IF_OFFERED;
      case REQUIRE -> REQUIRED;
      case OFF -> NONE;
    };
  }
}
