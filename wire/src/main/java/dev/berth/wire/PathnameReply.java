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
   * one. So does a single one that cannot be the end, for no space but another quote comes behind
   * it: Pure-FTPd 1.0.50 doubles none.
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
    boolean isEnded = false;
    for (int at = open + 1; open >= 0 && !isEnded && at < text.length(); at++) {
      char character = text.charAt(at);
      boolean isLast = character == '"' && text.indexOf('"', at + 1) < 0;
      if (text.startsWith("\"\"", at)) {
        pathname.append('"');
        at++;
        isEnded = text.indexOf('"', at + 1) < 0; // The second one is the end, then.
      } else if (character != '"' || (!isLast && !text.startsWith("\" ", at))) {
        pathname.append(character);
      } else {
        isEnded = true;
      }
    }
    if (isEnded && !pathname.isEmpty() && isSendable(pathname)) {
      return pathname.toString();
    }
    throw new ProtocolException("no pathname in quotes: " + reply);
  }

  private static boolean isSendable(CharSequence pathname) {
    return pathname.chars().noneMatch(c -> c == '\r' || c == '\n' || c == '\0');
  }
}
