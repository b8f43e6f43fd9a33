package dev.berth.session;

/** What became of a login. */
public sealed interface Login {
  /**
   * Let in.
   *
   * @param visit the user's view of the files
   * @param account by which sessions are counted: the user's name, or what it stands for
   */
  record Granted(Visit visit, String account) implements Login {}

  /**
   * Turned away, for a reason that the log may have and the client may not: no such user, a wrong
   * password, an account that is switched off or may not come from there.
   *
   * @param reason one word for the log: {@code unknown-user}, {@code wrong-password}
   */
  record Denied(String reason) implements Login {}

  /** Let in only in TLS: no password was looked at. */
  record NeedsTls() implements Login {}
}
