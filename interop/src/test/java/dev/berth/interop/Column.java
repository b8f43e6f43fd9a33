package dev.berth.interop;

import dev.berth.interop.Guest.CannotDo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What every client is asked for, and how it is found out whether it came about. */
enum Column {
  LOGIN("log in") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      stay.act(new Deed.Show());
      stay.require(stay.logged("login").size() == 1, "one login");
    }
  },
  LIST("list") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      stay.put("shown.bin", CONTENT);
      stay.require(stay.act(new Deed.Show()).contains("shown.bin"), "the name");
    }
  },
  DOWN("down") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      stay.fetch("down.bin", stay.site());
    }
  },
  UP("up") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      stay.store("up.bin", stay.site());
    }
  },
  RESUME_DOWN("resume down") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      byte[] large = stay.large();
      stay.put("rest-down.bin", large);
      Path local = Files.write(stay.here().resolve("rest-down.bin"), half(large));
      stay.act(new Deed.GoOnGet("rest-down.bin", local));
      stay.requireRest(local, large);
    }
  },
  RESUME_UP("resume up") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      byte[] large = stay.large();
      Path remote = stay.put("rest-up.bin", half(large));
      Path local = Files.write(stay.here().resolve("rest-up.bin"), large);
      stay.act(new Deed.GoOnPut(local, "rest-up.bin"));
      stay.requireRest(remote, large);
    }
  },
  RENAME("rename") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      Path old = stay.put("old.bin", CONTENT);
      stay.act(new Deed.Rename("old.bin", "new.bin"));
      stay.require(!Files.exists(old), "the old name gone");
      stay.requireSame(stay.home().resolve("new.bin"), CONTENT);
    }
  },
  DELETE("delete") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      Path gone = stay.put("gone.bin", CONTENT);
      stay.act(new Deed.Delete("gone.bin"));
      stay.require(!Files.exists(gone), "the file gone");
    }
  },
  /** The data connections resume: else the server refuses them. */
  TLS("TLS") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      Site site = stay.site();
      bothWays(stay, new Site(site.host(), site.port(), site.account(), true, false), "tls");
      stay.require(
          stay.logged("login").stream().noneMatch(line -> line.contains("tls=none")),
          "logins in TLS");
    }
  },
  IPV6("IPv6") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      bothWays(stay, stay.site6(), "six");
    }
  },
  ACTIVE("active") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      Site site = stay.site();
      bothWays(stay, new Site(site.host(), site.port(), site.account(), false, true), "active");
      List<String> verbs = stay.verbs();
      stay.require(verbs.contains("PORT") || verbs.contains("EPRT"), "PORT or EPRT, not " + verbs);
      stay.require(!verbs.contains("PASV") && !verbs.contains("EPSV"), "no passive mode: " + verbs);
    }
  },
  NAMES("UTF-8 and spaces") {
    @Override
    void play(Stay stay) throws IOException, CannotDo {
      bothWays(stay, stay.site(), "zwei Wörter – 世界");
    }
  };

  static final int LARGE_BYTES = 3 << 20;

  private static final byte[] CONTENT = content(300_000);

  private final String title;

  Column(String title) {
    this.title = title;
  }

  /**
   * Tries it.
   *
   * @throws CannotDo when the client has no way of it
   * @throws IOException when it failed, or something else came about
   */
  abstract void play(Stay stay) throws IOException, CannotDo;

  String title() {
    return title;
  }

  /** Who cannot store, which has a column of its own, shows the other way at least. */
  private static void bothWays(Stay stay, Site site, String name) throws IOException, CannotDo {
    stay.fetch(name + "-down.bin", site);
    if (stay.guest().canStore()) {
      stay.store(name + "-up.bin", site);
    }
  }

  /** Every byte there is, line ends of all kinds among them. */
  static byte[] content(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (i * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return content;
  }

  private static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }
}
