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
   * Let in, and served by another server.
   *
   * @param account as of {@link Granted}
   */
  record Relayed(Relay relay, String account) implements Login {}

  /**
   * There is no room for it just now, and nothing is known of the password: the client is told 421.
   *
   * @param reason one line
   */
  record Busy(String reason) implements Login {}

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
