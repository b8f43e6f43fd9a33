package dev.berth.server;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permissions as numbers and as sets. */
final class Modes {
  private static final PosixFilePermission[] IN_ORDER = {
    PosixFilePermission.OWNER_READ,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_EXECUTE
  };

  private Modes() {}

  static int number(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : IN_ORDER) {
      mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
    }
    return mode;
  }

  static Set<PosixFilePermission> set(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < IN_ORDER.length; i++) {
      if ((mode & 0400 >> i) != 0) {
        permissions.add(IN_ORDER[i]);
      }
    }
    return permissions;
  }
}
