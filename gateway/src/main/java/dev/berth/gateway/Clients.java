package dev.berth.gateway;

/**
 * What the clients of an upstream are to it.
 *
 * @param logins with whose users and passwords they log in
 */
public record Clients(Logins logins) {
  /** They log in as at the server. */
  public static Clients usual() {
    return new Clients(new Logins.PassThrough());
  }

  /**
   * Whether they differ in nothing but the gateway's own users, who may come and go while it runs.
   */
  boolean isSameButForUsers(Clients other) {
    boolean areBothMapped =
        logins instanceof Logins.Mapped && other.logins instanceof Logins.Mapped;
    return areBothMapped || equals(other);
  }
}
