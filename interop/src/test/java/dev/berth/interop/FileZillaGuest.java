package dev.berth.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** FileZilla: its engine, asked by guest.cpp for what its window asks for. */
record FileZillaGuest(Programs programs) implements Guest {
  @Override
  public String name() {
    return "FileZilla";
  }

  @Override
  public String version() throws IOException {
    return programs.version(program(), "version");
  }

  @Override
  public String note() {
    return "its engine, without its window";
  }

  private static String program() {
    return Programs.unpacked("filezilla", "guest").toString();
  }

  @Override
  public String act(Site site, Deed deed) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program(),
                site.host(),
                "" + site.port(),
                site.account(),
                OurServer.PASSWORD,
                site.isEncrypted() ? "tls" : "plain",
                site.isActive() ? "active" : "passive"));
    command.addAll(words(deed));
    return programs.run(command, "", Map.of());
  }

  /** A file that is there already it goes on with, as it was told to answer that question. */
  private static List<String> words(Deed deed) {
    return switch (deed) {
      case Deed.Show show -> List.of("list", "", "");
      case Deed.Get(var remote, var local) -> List.of("get", remote, "" + local);
      case Deed.Put(var local, var remote) -> List.of("put", remote, "" + local);
      case Deed.GoOnGet(var remote, var local) -> List.of("get", remote, "" + local);
      case Deed.GoOnPut(var local, var remote) -> List.of("put", remote, "" + local);
      case Deed.Rename(var from, var to) -> List.of("rename", from, to);
      case Deed.Delete(var remote) -> List.of("delete", remote, "");
    };
  }
}
