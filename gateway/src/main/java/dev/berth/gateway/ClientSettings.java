package dev.berth.gateway;

/**
 * What the clients of an upstream are to it.
 *
 * @param logins with whose users and passwords they log in
 * @param site what becomes of a SITE command that may leave something behind on a connection
 */
public record ClientSettings(Logins logins, Site site) {
  /** What becomes of it where clients share connections. */
  public enum Site {
    /** It is refused. */
    REFUSE,
    /** The client gets a connection of its own, up to its end. */
    PIN
  }

  /** They log in as at the server. */
  public static ClientSettings usual() {
    return new ClientSettings(new Logins.PassThrough(), Site.REFUSE);
  }

  /**
   * Whether they differ in nothing but the gateway's own users, who may come and go while it runs.
   */
  boolean isSameButForUsers(ClientSettings other) {
    boolean areBothMapped =
        logins instanceof Logins.Mapped && other.logins instanceof Logins.Mapped;
    return site == other.site && (areBothMapped || logins.equals(other.logins));
  }
}
