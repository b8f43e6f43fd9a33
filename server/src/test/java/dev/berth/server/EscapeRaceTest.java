package dev.berth.server;

import static dev.berth.server.Site.path;
import static dev.berth.server.Site.really;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody with a shell swaps a folder of the home for a link that leads outside, and back, as fast
 * as can be, while clients are at it.
 */
@Timeout(120)
class EscapeRaceTest {
  private static final long BOUND_NANOS = Duration.ofSeconds(40).toNanos();
  private static final int DEEDS = 6000;

  @TempDir Path folder;
  private final AtomicBoolean ends = new AtomicBoolean();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private Path home;
  private Path outside;

  @BeforeEach
  void makeBoth() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    outside = Files.createDirectories(folder.resolve("outside/swapped"));
    Files.createDirectories(home.resolve("swapped/below"));
    Files.createDirectories(outside.resolve("below"));
    for (String place : new String[] {"", "below/"}) {
      Files.writeString(home.resolve("swapped/" + place + "file"), "inside");
      Files.writeString(outside.resolve(place + "file"), "outside");
      Files.writeString(outside.resolve(place + "secret"), "outside");
    }
  }

  /** What a client does, and what of it could be from outside. */
  private interface Deed {
    String run(Visit visit, int round) throws IOException;
  }

  private enum Attack {
    RETRIEVE((visit, round) -> Site.retrieve(visit, "/swapped/below/file")),
    LIST((visit, round) -> Site.names(visit, "/swapped/below").toString()),
    LOOK((visit, round) -> "size " + visit.entry(path("/swapped/below/secret")).size()),
    STORE((visit, round) -> {
      Site.store(visit, "/swapped/stored", "content");
      return "";
    }),
    MAKE_FOLDER((visit, round) -> {
      visit.makeFolder(path("/swapped/made" + round));
      visit.removeFolder(path("/swapped/made" + round));
      return "";
    }),
    DELETE((visit, round) -> {
      visit.delete(path("/swapped/below/secret"));
      return "deleted";
    }),
    RENAME((visit, round) -> {
      visit.rename(path("/swapped/below/secret"), path("/taken"));
      return "renamed";
    }),
    CHANGE((visit, round) -> {
      visit.setMode(path("/swapped/below/secret"), 0600);
      return "changed";
    });

    private final Deed deed;

    Attack(Deed deed) {
      this.deed = deed;
    }
  }

  private void swap() throws IOException {
    Path place = home.resolve("swapped");
    Path aside = home.resolve("aside");
    for (int round = 0; !ends.get(); round++) {
      Files.move(place, aside);
      Files.createSymbolicLink(place, round % 2 == 0 ? outside : Path.of("../outside/swapped"));
      Files.delete(place);
      Files.move(aside, place);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingOutsideIsSeenOrTouched(Attack attack) throws Exception {
    Visit visit = Site.visit(home);
    long start = System.nanoTime();

    race(() -> {
      for (int round = 0; round < DEEDS && System.nanoTime() - start < BOUND_NANOS; round++) {
        try {
          seen.add(attack.deed.run(visit, round));
        } catch (IOException swapped) {
          seen.add("");
        }
      }
    });

    assertThat(seen).noneMatch(it -> it.contains("outside") || it.contains("secret"));
    assertThat(seen).doesNotContain("size 7", "deleted", "renamed", "changed");
    assertThat(really(outside)).containsExactly("below", "file", "secret");
    assertThat(really(outside.resolve("below"))).containsExactly("file", "secret");
    assertThat(Files.getPosixFilePermissions(outside.resolve("below/secret")))
        .hasSizeGreaterThan(2);
  }

  /** That the race is one: who checks the real path, and then opens it, reads outside. */
  @Test
  void whoChecksAndThenOpensIsLedOutside() throws Exception {
    AtomicInteger escapes = new AtomicInteger();
    long start = System.nanoTime();

    race(() -> {
      Path file = home.resolve("swapped/below/file");
      while (escapes.get() == 0 && System.nanoTime() - start < BOUND_NANOS) {
        try {
          if (file.toRealPath().startsWith(home.toRealPath())
              && Files.readString(file).equals("outside")) {
            escapes.incrementAndGet();
          }
        } catch (NoSuchFileException swapped) {
          seen.add("");
        }
      }
    });

    assertThat(escapes).hasPositiveValue();
  }

  /** Something that may fail. */
  private interface Work {
    void run() throws Exception;
  }

  private void race(Work work) throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> swapper =
          threads.submit(() -> {
            swap();
            return null;
          });
      try {
        work.run();
      } finally {
        ends.set(true);
      }
      swapper.get();
    }
  }
}
