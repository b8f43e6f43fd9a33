package dev.berth.client;

import dev.berth.wire.Command;

/**
 * Who logs in.
 *
 * @param user the user name, as it goes after USER
 * @param password what goes after PASS; shown nowhere
 */
public record Login(String user, Secret password) {
  public Login {
    Command.of("USER", user);
    Command.of("PASS", password.reveal());
  }

  /** The customary anonymous login (RFC 1635). */
  public static Login anonymous() {
    return new Login("anonymous", new Secret("anonymous@"));
  }
}
