package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed in the middle of uploads, as by {@code kill -9}. */
@Timeout(120)
class KilledUploadTest {
  private static final int ROUNDS = 6;
  private static final int WHOLE = StoreChild.PIECES * StoreChild.PIECE;

  @TempDir Path folder;

  @Test
  void noFileIsHalfUnderItsName() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int parts = 0;

    for (int round = 0; round < ROUNDS; round++) {
      Path home = Files.createDirectory(folder.resolve("home" + round));
      killAfter(home, 1 + random.nextInt(20 * StoreChild.PIECES));

      parts += look(home, seed);
    }

    assertThat(parts).as("the child was killed in the middle, seed %d", seed).isPositive();
  }

  private static void killAfter(Path home, int pieces) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName(),
                home.toString())
            .redirectError(new File(home + ".log"))
            .start();
    try (BufferedReader said = child.inputReader()) {
      for (int n = 0; n < pieces; n++) {
        assertThat(said.readLine()).as("Log: %s", home + ".log").isNotNull();
      }
      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
  }

  /** How many parts there are; each can be gone on with. */
  private static int look(Path home, long seed) throws IOException {
    List<Path> whole = new ArrayList<>();
    int parts = 0;
    for (String name : Site.really(home)) {
      if (Names.isReserved(name)) {
        parts++;
      } else {
        whole.add(home.resolve(name));
      }
    }
    for (Path file : whole) {
      byte[] bytes = Files.readAllBytes(file);
      assertThat(bytes).as("%s, seed %d", file, seed).hasSize(WHOLE).containsOnly(bytes[0]);
    }
    Visit visit = Site.visit(home);
    assertThat(Site.names(visit, "/")).hasSameSizeAs(whole);
    Site.store(visit, "/same", new StoreWay.Replace(), "after it");
    assertThat(Site.retrieve(visit, "/same")).isEqualTo("after it");
    return parts;
  }
}
