package dev.berth.dialects;

/** Where in its life a control connection was when a reply came. */
public enum Phase {
  /** In place of the 220: before the client said anything. */
  GREETING,
  /** In answer to USER. */
  USER,
  /** In answer to PASS. */
  PASS,
  /** After login, in answer to a command or of the server's own accord. */
  SESSION,
  /** Not known, as when a reply is quoted in a log. */
  UNKNOWN
}
