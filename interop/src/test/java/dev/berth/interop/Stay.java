package dev.berth.interop;

import dev.berth.interop.Guest.CannotDo;
import dev.berth.interop.OurServer.Reuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A guest on a server, for one column. Confined to one thread.
 *
 * @param reuse what the server wants of data connections in TLS
 * @param home of its account, on the server
 * @param here where the files of the client are
 * @param from the first line of the log that is of this column
 */
record Stay(Guest guest, Host host, Reuse reuse, Path home, Path here, int from) {
  static Stay begin(Guest guest, Host host, Reuse reuse, Path home, Path here) {
    int from = host.log().map(log -> log.lines().size()).orElse(0);
    return new Stay(guest, host, reuse, home, here, from);
  }

  Site site() throws IOException {
    return new Site("127.0.0.1", host.port(reuse), host.account(guest), false, false);
  }

  Site site6() throws IOException {
    return new Site("::1", host.port6(), host.account(guest), false, false);
  }

  /** The account of a guest. */
  static String account(String guest) {
    return guest.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  byte[] large() {
    return Column.content(Column.LARGE_BYTES);
  }

  String act(Deed deed) throws IOException, CannotDo {
    return guest.act(site(), deed);
  }

  void fetch(String name, Site site) throws IOException, CannotDo {
    byte[] content = Column.content(300_000);
    put(name, content);
    Path local = here.resolve(name);
    guest.act(site, new Deed.Get(name, local));
    requireSame(local, content);
  }

  /** Puts a file on the server. */
  Path put(String name, byte[] content) throws IOException {
    Path file = Files.write(home.resolve(name), content);
    host.give();
    return file;
  }

  void store(String name, Site site) throws IOException, CannotDo {
    byte[] content = Column.content(300_000);
    Path local = Files.write(here.resolve(name), content);
    guest.act(site, new Deed.Put(local, name));
    requireSame(home.resolve(name), content);
  }

  /** The lines of an event that our side logged of this account meanwhile. */
  List<String> logged(String event) {
    return lines().stream().filter(line -> line.startsWith("event=" + event + " ")).toList();
  }

  List<String> verbs() {
    return logged("command").stream().map(line -> SessionLog.value(line, "verb")).toList();
  }

  void require(boolean came, String what) throws IOException {
    if (!came) {
      throw new IOException("expected: " + what + "; the server:\n" + String.join("\n", lines()));
    }
  }

  private List<String> lines() {
    return host.log().map(log -> log.linesOf(host.accountInLog(guest), from)).orElse(List.of());
  }

  void requireSame(Path file, byte[] content) throws IOException {
    require(Files.exists(file), file.getFileName() + " there");
    require(Arrays.equals(Files.readAllBytes(file), content), file.getFileName() + " whole");
  }

  /** The file is whole, and the last transfer moved less than all of it. */
  void requireRest(Path file, byte[] content) throws IOException {
    requireSame(file, content);
    if (host.log().isEmpty()) {
      return;
    }
    List<String> transfers =
        logged("transfer").stream().filter(line -> line.contains("outcome=done")).toList();
    require(!transfers.isEmpty(), "a transfer");
    long moved = Long.parseLong(SessionLog.value(transfers.getLast(), "bytes"));
    require(moved < content.length, "less than all of it moved, not " + moved);
  }
}
