package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.WanLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of the table in docs/clients.md: what Berth has to do, at which server, over what.
 *
 * @param task what is done
 * @param variant the server
 * @param limit how many connections it allows an address
 * @param way how far away it is
 */
record ClientRow(Task task, Variant variant, int limit, Way way) {

  /** What other clients were given to do, too. */
  enum Task {
    MANY_DOWN("202 files down"),
    MANY_UP("202 files up"),
    SMALL_DOWN("500 files down"),
    BIG_DOWN("20 files of 5 MiB down"),
    TEN_JOBS("ten jobs at once"),
    FULL("full for 20 s"),
    CUT_DOWN("download cut"),
    CUT_UP("upload cut"),
    GHOSTS_DOWN("download cut beside ghosts"),
    GHOSTS_UP("upload cut beside ghosts");

    private final String words;

    Task(String words) {
      this.words = words;
    }

    /** Whether it mostly waits, so that several side by side do not slow one another. */
    boolean mostlyWaits() {
      return switch (this) {
        case SMALL_DOWN, FULL, CUT_DOWN, CUT_UP -> true;
        case MANY_DOWN, MANY_UP, BIG_DOWN, TEN_JOBS, GHOSTS_DOWN, GHOSTS_UP -> false;
      };
    }

    /** Whether the others' figures are of one limit only, so that the name has none. */
    private boolean hasOneLimit() {
      return ordinal() >= FULL.ordinal();
    }
  }

  /** A server and how it limits. */
  enum Variant {
    VSFTPD(PeerKind.VSFTPD),
    /** Refuses instead of the greeting. */
    PROFTPD_CONNS(PeerKind.PROFTPD),
    /** Refuses after PASS, with the code of a wrong password. */
    PROFTPD_CLIENTS(PeerKind.PROFTPD),
    PURE_FTPD(PeerKind.PURE_FTPD);

    private final PeerKind kind;

    Variant(PeerKind kind) {
      this.kind = kind;
    }

    private PeerSettings settings(int limit) {
      return this == PROFTPD_CONNS
          ? PeerSettings.plain().line("MaxConnectionsPerHost " + limit)
          : PeerSettings.plain().perAddress(limit);
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** What lies between. */
  enum Way {
    NEAR(0, 0, ""),
    MS_20(20, 100, ", 20 ms"),
    MS_50(50, 100, ", 50 ms"),
    MS_100(100, 1000, ", 100 ms, 1000 Mbit/s");

    private final int millis;
    private final int megabits;
    private final String words;

    Way(int millis, int megabits, String words) {
      this.millis = millis;
      this.megabits = megabits;
      this.words = words;
    }

    /** Empty where the server is on this machine. */
    Optional<WanLink.Line> line() {
      return this == NEAR
          ? Optional.empty()
          : Optional.of(WanLink.Line.ofMegabits(Duration.ofMillis(millis), megabits));
    }
  }

  /** All rows, those of one situation one after another. */
  static List<ClientRow> all() {
    return Stream.of(
            each(Task.MANY_DOWN, 2, Way.NEAR, Variant.values()),
            each(Task.MANY_DOWN, 1, Way.NEAR, Variant.values()),
            each(Task.MANY_UP, 2, Way.NEAR, Variant.values()),
            each(Task.MANY_UP, 2, Way.MS_20, Variant.values()),
            each(
                Task.SMALL_DOWN,
                2,
                Way.MS_50,
                Variant.VSFTPD,
                Variant.PROFTPD_CLIENTS,
                Variant.PURE_FTPD),
            each(Task.SMALL_DOWN, 8, Way.MS_50, Variant.VSFTPD, Variant.PURE_FTPD),
            each(Task.SMALL_DOWN, 2, Way.MS_100, Variant.VSFTPD),
            each(Task.BIG_DOWN, 2, Way.MS_50, Variant.VSFTPD, Variant.PURE_FTPD),
            each(Task.BIG_DOWN, 8, Way.MS_50, Variant.VSFTPD, Variant.PURE_FTPD),
            each(Task.TEN_JOBS, 2, Way.NEAR, Variant.values()),
            each(Task.TEN_JOBS, 2, Way.MS_50, Variant.values()),
            each(Task.FULL, 1, Way.NEAR, Variant.values()),
            cut(Task.CUT_DOWN),
            cut(Task.CUT_UP),
            each(Task.GHOSTS_DOWN, 2, Way.MS_20, Variant.PROFTPD_CLIENTS),
            each(Task.GHOSTS_UP, 2, Way.MS_20, Variant.PROFTPD_CLIENTS))
        .flatMap(rows -> rows)
        .toList();
  }

  private static Stream<ClientRow> cut(Task task) {
    return each(task, 2, Way.MS_20, Variant.VSFTPD, Variant.PROFTPD_CLIENTS, Variant.PURE_FTPD);
  }

  private static Stream<ClientRow> each(Task task, int limit, Way way, Variant... variants) {
    return Stream.of(variants).map(variant -> new ClientRow(task, variant, limit, way));
  }

  /** The name that the table has for it; rows of several servers have the same. */
  String situation() {
    return task.words + (task.hasOneLimit() ? "" : ", limit " + limit) + way.words;
  }

  PeerKind kind() {
    return variant.kind;
  }

  PeerSettings settings() {
    return variant.settings(limit);
  }

  @Override
  public String toString() {
    return situation() + ", " + variant;
  }
}
