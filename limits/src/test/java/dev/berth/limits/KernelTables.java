package dev.berth.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Files as the Linux kernel has them below /proc, on a machine of little-endian order. */
final class KernelTables {
  static final String ESTABLISHED = "01";
  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";

  private final Path proc;
  private final List<String> lines = new ArrayList<>();

  private KernelTables(Path proc) {
    this.proc = proc;
  }

  /** Tables without a connection. */
  static KernelTables in(Path proc) throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.createDirectories(proc.resolve("self/fd"));
    KernelTables tables = new KernelTables(proc);
    tables.write("net/tcp");
    return tables;
  }

  /** From 192.0.2.1 to 192.0.2.9, port 21. */
  KernelTables connection(int port, long uid, long inode) {
    return connection("010200C0", port, "090200C0", 21, ESTABLISHED, uid, inode);
  }

  KernelTables connection(
      String local, int port, String remote, int remotePort, String state, long uid, long inode) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%4d: %s:%04X %s:%04X %s 00000000:00000000 00:00000000 00000000 %5d        0 %d 1"
                + " 0000000000000000 20 4 30 10 -1%n",
            lines.size(),
            local,
            port,
            remote,
            remotePort,
            state,
            uid,
            inode));
    return this;
  }

  KernelTables line(String text) {
    lines.add(text + "\n");
    return this;
  }

  KernelTables nothing() {
    lines.clear();
    return this;
  }

  /** Puts a table in place at once, as a reader of the kernel's finds it. */
  void write(String table) throws IOException {
    Path fresh = proc.resolve("fresh");
    Files.writeString(fresh, HEAD + String.join("", lines));
    Files.move(
        fresh,
        proc.resolve(table),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** A process that has a socket open. */
  void process(String pid, String name, long inode) throws IOException {
    Path files = Files.createDirectories(proc.resolve(pid).resolve("fd"));
    Files.writeString(proc.resolve(pid).resolve("comm"), name + "\n");
    Files.createSymbolicLink(files.resolve("" + inode), Path.of("socket:[" + inode + "]"));
    Files.createSymbolicLink(files.resolve("x" + inode), Path.of("pipe:[1]"));
  }
}
