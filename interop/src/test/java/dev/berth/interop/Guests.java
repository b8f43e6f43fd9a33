package dev.berth.interop;

import dev.berth.interop.ScriptGuest.Library;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clients of docs/clients.md, in its order. */
final class Guests {
  /** Opens a guest that has a folder and, on the server, a home. */
  private interface Opening {
    Guest open(Path folder, Path home);
  }

  private static final Map<String, Opening> ALL = new LinkedHashMap<>();

  static {
    ALL.put("curl", (folder, home) -> new CurlGuest(new Programs(folder)));
    ALL.put("lftp", (folder, home) -> new LftpGuest(new Programs(folder)));
    ALL.put("wget", (folder, home) -> new WgetGuest(new Programs(folder)));
    ALL.put("ncftp", (folder, home) -> new NcftpGuest(new Programs(folder)));
    ALL.put("tnftp", (folder, home) -> new BsdGuest(new Programs(folder), "tnftp"));
    ALL.put("inetutils-ftp", (folder, home) -> new BsdGuest(new Programs(folder), "inetutils-ftp"));
    ALL.put("FileZilla", (folder, home) -> new FileZillaGuest(new Programs(folder)));
    ALL.put("rclone", (folder, home) -> new RcloneGuest(new Programs(folder)));
    for (Library library : Library.values()) {
      ALL.put(
          library.shown(),
          (folder, home) -> new ScriptGuest(new Programs(folder), folder, library));
    }
    ALL.put("Commons Net", (folder, home) -> new CommonsNetGuest());
    ALL.put("Berth", (folder, home) -> new BerthGuest(Berth.in(folder), home));
  }

  private Guests() {}

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  static Guest open(String name, Path folder, Path home) {
    return Optional.ofNullable(ALL.get(name)).orElseThrow().open(folder, home);
  }
}
