package dev.berth.wire;

/** The pathname in a reply to PWD or MKD (RFC 959 appendix II), read and written. */
public final class PathnameReply {
  private PathnameReply() {}

  /**
   * The reply to PWD or MKD.
   *
   * @param pathname absolute, with slashes
   * @param comment what stands behind it: {@code is the current directory}
   */
  public static Reply of(String pathname, String comment) {
    return Reply.of(257, '"' + pathname.replace("\"", "\"\"") + "\" " + comment);
  }

  /**
   * What stands between the first quote and the last one that ends it; a doubled quote stands for
   * one.
   *
   * @param reply a reply with code 257
   * @return the pathname as the server writes it, not necessarily with slashes; not empty, and
   *     without CR or NUL, which no command could send back
   * @throws ProtocolException when there is none
   */
  public static String pathname(Reply reply) throws ProtocolException {
    String text = reply.lines().get(0);
    int open = text.indexOf('"');
    StringBuilder pathname = new StringBuilder();
    for (int at = open + 1; open >= 0 && at < text.length(); at++) {
      char character = text.charAt(at);
      if (character != '"') {
        pathname.append(character);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        pathname.append('"');
        at++;
      } else if (!pathname.isEmpty() && isSendable(pathname)) {
        return pathname.toString();
      } else {
        break;
      }
    }
    throw new ProtocolException("no pathname in quotes: " + reply);
  }

  private static boolean isSendable(CharSequence pathname) {
    return pathname.chars().noneMatch(c -> c == '\r' || c == '\n' || c == '\0');
  }
}
