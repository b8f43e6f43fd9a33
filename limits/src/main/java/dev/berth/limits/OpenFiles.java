package dev.berth.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which processes have which sockets open: {@code /proc/PID/fd}, as far as we may read it (our own
 * user's processes; all of them for root). Confined to one thread.
 */
final class OpenFiles {
  private static final String SOCKET = "socket:[";
  private static final int MOST_PROCESSES = 20_000;
  private static final int MOST_FILES = 100_000;
  private static final int LONGEST_NAME = 64;

  private static final int ROOT = 0;

  private final Path proc;
  private final OptionalInt self; // the user's number
  private int files;

  OpenFiles(Path proc) {
    this.proc = proc;
    this.self = user(proc.resolve("self"));
  }

  private static OptionalInt user(Path process) {
    try {
      return Files.getAttribute(process, "unix:uid") instanceof Integer uid
          ? OptionalInt.of(uid)
          : OptionalInt.empty();
    } catch (IOException | UnsupportedOperationException e) {
      // Not a system on which this could be known.
      return OptionalInt.empty();
    }
  }

  /** Whether all processes of a user can be looked into. */
  boolean mayLookInto(long uid) {
    return self.isPresent() && (self.getAsInt() == ROOT || self.getAsInt() == uid);
  }

  /** The sockets that this process has open, by their inodes. */
  Set<Long> ours() {
    files = 0;
    return sockets(proc.resolve("self"));
  }

  /**
   * Who has these sockets open. Looks at so many processes and files at the most; what is beyond
   * stays unknown.
   */
  Map<Long, Outsider> owners(Set<Long> inodes) {
    Map<Long, Outsider> owners = new HashMap<>();
    files = 0;
    int processes = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : all) {
        processes++;
        if (owners.size() == inodes.size() || processes > MOST_PROCESSES || files > MOST_FILES) {
          return owners;
        }
        for (long socket : sockets(process)) {
          if (inodes.contains(socket)) {
            owners.putIfAbsent(socket, program(process));
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Who they are is told where it can be found out, and nothing depends on it.
      return owners;
    }
    return owners;
  }

  private static Outsider program(Path process) {
    String pid = String.valueOf(process.getFileName());
    String name;
    try {
      String comm = Files.readString(process.resolve("comm"));
      name = comm.substring(0, Math.min(comm.length(), LONGEST_NAME)).strip();
    } catch (IOException | UncheckedIOException e) {
      // It has ended meanwhile, or its name is not in UTF-8.
      name = "?";
    }
    try {
      return new Outsider.Program(Long.parseLong(pid), name);
    } catch (NumberFormatException e) {
      return new Outsider.Unknown();
    }
  }

  private Set<Long> sockets(Path process) {
    Set<Long> sockets = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : all) {
        files++;
        if (files > MOST_FILES) {
          return sockets;
        }
        add(file, sockets);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Not ours to look into, or ended meanwhile.
      return sockets;
    }
    return sockets;
  }

  private static void add(Path file, Set<Long> sockets) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      if (target.startsWith(SOCKET) && target.endsWith("]")) {
        sockets.add(Long.parseLong(target.substring(SOCKET.length(), target.length() - 1)));
      }
    } catch (IOException | NumberFormatException e) {
      // Closed meanwhile.
      return;
    }
  }
}
