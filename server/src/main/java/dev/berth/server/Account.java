package dev.berth.server;

import dev.berth.wire.RemotePath;
import java.nio.file.Path;

/**
 * Somebody who may log in.
 *
 * @param name as the client sends it with USER, see {@link dev.berth.wire.Octets}
 * @param credential by what the user is known
 * @param home the folder that is {@code /} for this user; of any file system. No name leads out of
 *     it
 * @param start where a session begins, seen from {@code home}; the top if it is not there
 * @param access how it may be used
 * @param quota how much may stand in {@code home}, whoever stored it
 * @param rates how fast files are moved
 * @param umask permissions that nothing gets which is stored, made or changed here: 0 to 0777
 */
public record Account(
    String name,
    Credential credential,
    Path home,
    RemotePath start,
    Access access,
    Quota quota,
    Rates rates,
    int umask) {
  /** What vsftpd and ProFTPD have in their examples: others may read and not write. */
  public static final int USUAL_UMASK = 022;

  public Account {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an account without a name");
    }
    if (umask < 0 || umask > 0777) {
      throw new IllegalArgumentException("no umask: 0" + Integer.toOctalString(umask));
    }
  }

  /** An account that may do everything below its home, without a quota. */
  public static Account of(String name, String passwordHash, Path home) {
    return new Account(
        name,
        new Credential.Hash(passwordHash),
        home,
        RemotePath.ROOT,
        Access.of(Permission.ALL),
        Quota.NONE,
        Rates.NONE,
        USUAL_UMASK);
  }

  /** The same, used otherwise. */
  public Account with(Access other) {
    return new Account(name, credential, home, start, other, quota, rates, umask);
  }

  /** The same, with a quota. */
  public Account with(Quota other) {
    return new Account(name, credential, home, start, access, other, rates, umask);
  }

  /** The same, with other rates. */
  public Account with(Rates other) {
    return new Account(name, credential, home, start, access, quota, other, umask);
  }

  boolean may(Permission permission) {
    return access.permissions().contains(permission);
  }
}
