package dev.berth.bench;

import java.util.List;

/**
 * lftp with two connections. Its commands sent ahead ({@code ftp:sync-mode off}) are measured too;
 * a big file it can also get in two halves ({@code pget}).
 */
record Lftp(Way way) implements Client {
  /** What it is told beyond the limit. */
  enum Way {
    /** {@code mirror --parallel=2}. */
    MIRROR("lftp"),
    /** The same, with commands sent ahead. */
    MIRROR_AHEAD("lftp, sync-mode off"),
    /** {@code pget -n 2} for each file. */
    HALVES("lftp, pget -n 2");

    private final String shown;

    Way(String shown) {
      this.shown = shown;
    }
  }

  @Override
  public String name() {
    return way.shown;
  }

  @Override
  public boolean suits(Errand errand) {
    boolean one = errand.files().size() == 1;
    return switch (way) {
      case MIRROR -> true;
      case MIRROR_AHEAD -> !one;
      case HALVES -> one && errand.isDown();
    };
  }

  @Override
  public List<String> command(Errand errand) {
    String script =
        String.join(
            "; ",
            "set net:connection-limit 2",
            "set ftp:ssl-allow no",
            "set net:max-retries 3",
            "set net:reconnect-interval-base 1",
            "set ftp:sync-mode " + (way == Way.MIRROR_AHEAD ? "off" : "on"),
            "open -u %s,%s %s"
                .formatted(errand.peer().user(), errand.peer().password(), errand.server()),
            transfer(errand));
    return List.of("lftp", "--norc", "-c", script);
  }

  private String transfer(Errand errand) {
    if (way == Way.HALVES) {
      String file = errand.files().getFirst();
      return "pget -n 2 %s/%s -o %s/%s".formatted(errand.remote(), file, errand.local(), file);
    }
    return errand.isDown()
        ? "mirror --parallel=2 %s %s".formatted(errand.remote(), errand.local())
        : "mirror -R --parallel=2 %s %s".formatted(errand.local(), errand.remote());
  }
}
