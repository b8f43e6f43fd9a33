package dev.berth.dialects;

/**
 * A server turning us away, with its cause. Made by {@code RefusalReader} from a reply, or from a
 * close without one; immutable. Each case says what its server meant, whatever the code was.
 */
public sealed interface Refusal {
  /**
   * What the server said, word for word; for a close without a reply, a description in brackets.
   */
  String words();

  /** A ceiling on connections (or sessions, logins) was reached. */
  record Limit(Scope scope, Stated stated, String words) implements Refusal {}

  /**
   * Too much at once of something else: load, memory, passive ports, transfers, a rate of
   * connections.
   */
  record Overload(String words) implements Refusal {}

  /** The credentials were not accepted, or too often. */
  record LoginFailure(String words) implements Refusal {}

  /** This host, account or kind of login is not wanted here; trying again changes nothing. */
  record Denied(String words) implements Refusal {}

  /** The server waited too long for us. */
  record IdleTimeout(Stated seconds, String words) implements Refusal {}

  /** The server wants TLS, or other TLS. */
  record TlsRequired(String words) implements Refusal {}

  /** The server is going down. */
  record ShuttingDown(String words) implements Refusal {}

  /** No room left for this account or on this disk. */
  record Quota(String words) implements Refusal {}

  /** A ceiling on data or time for this session was reached. */
  record DataLimit(String words) implements Refusal {}

  /** Some other failure that the server named. */
  record Unavailable(String words) implements Refusal {}

  /**
   * The connection was closed, reset or never answered, without a word: perhaps a ban, perhaps a
   * limit.
   */
  record Silent(String words) implements Refusal {}

  /** Nobody can know from what was said. Never retried with the same password. */
  record Unclear(String words) implements Refusal {}

  /** Whom a limit counts. */
  enum Scope {
    /** Connections from the client's address. */
    ADDRESS,
    /** Connections of one account. */
    ACCOUNT,
    /** All connections of the server. */
    SERVER
  }
}
