package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.limits.Evidence.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitMemoryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final BudgetName NAME = BudgetName.of("ftp.example.com", 21);

  @TempDir Path folder;

  @Test
  void whatIsKeptIsRecalled() throws Exception {
    LimitState state = state(ceiling(2, Kind.STATED, NOW, "421 Too many connections (2)"));
    TreeMap<Account, Ceiling> accounts = new TreeMap<>();
    accounts.put(new Account(" we=ird\u2028 ä "), ceiling(3, Kind.COUNTED, NOW, ""));
    Pace banned = new Pace(NOW.plusSeconds(30), 1, 2, "no answer\nfrom the server");
    LimitState full = new LimitState(state.address(), accounts, banned);
    LimitMemory memory = new LimitMemory(folder.resolve("state"));

    memory.keep(NAME, full, NOW);

    assertThat(memory.recall(NAME)).isEqualTo(new Recall.Known<>(full));
  }

  @Test
  void nothingIsRecalledOfAServerNeverMet() {
    assertThat(new LimitMemory(folder.resolve("none")).recall(NAME))
        .isEqualTo(new Recall.Nothing<>());
  }

  @Test
  void onlyTheOwnerMayRead() throws Exception {
    Path state = folder.resolve("a/b");
    new LimitMemory(state).keep(NAME, state(ceiling(2, Kind.COUNTED, NOW, "")), NOW);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(state))))
        .isEqualTo("rw-------");
  }

  @Test
  void theFileIsOneForPeopleAndHasAStableText() throws Exception {
    LimitState state = state(ceiling(2, Kind.STATED, NOW, "421 Too many connections (2)"));

    assertThat(LimitFile.write(NAME, state))
        .isEqualTo(LimitFile.write(NAME, state))
        .contains("host=ftp.example.com\n", "address.limit=2\n", "address.evidence=STATED\n")
        .contains("address.words=421 Too many connections (2)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0\0",
        "version=2\nhost=ftp.example.com\nport=21\nsource=default\n",
        "version=1\nhost=other\n",
        "address.limit=999999999999999999999",
      })
  void aDamagedFileIsReportedAndReplaced(String text) throws Exception {
    LimitMemory memory = new LimitMemory(folder);
    LimitState state = state(ceiling(2, Kind.COUNTED, NOW, ""));
    memory.keep(NAME, state, NOW);
    Files.writeString(file(folder), text);

    assertThat(memory.recall(NAME))
        .isInstanceOfSatisfying(
            Recall.Unreadable.class, it -> assertThat(it.why()).contains("ftp.example.com"));
    memory.keep(NAME, state, NOW);
    assertThat(memory.recall(NAME)).isEqualTo(new Recall.Known<>(state));
  }

  @Test
  void anOversizedFileIsReported() throws Exception {
    LimitMemory memory = new LimitMemory(folder);
    memory.keep(NAME, state(ceiling(2, Kind.COUNTED, NOW, "")), NOW);
    Files.write(file(folder), new byte[(1 << 20) + 1]);

    assertThat(memory.recall(NAME)).isInstanceOf(Recall.Unreadable.class);
  }

  @Test
  void noChangeOfTheFileDoesMoreThanMakeItUnreadable() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the damage: " + seed);
    Random random = new Random(seed);
    String text = LimitFile.write(NAME, state(ceiling(2, Kind.STATED, NOW, "words")));
    LimitLearner learner = new LimitLearner(LimitSettings.standard());
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int change = 0; change <= random.nextInt(3); change++) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(96));
      }
      String damaged = new String(bytes, StandardCharsets.UTF_8);
      assertThatCode(() -> readAndUse(learner, damaged)).doesNotThrowAnyException();
    }
  }

  private static void readAndUse(LimitLearner learner, String text) {
    LimitState read;
    try {
      read = LimitFile.read(NAME, text);
    } catch (IllegalArgumentException e) {
      return;
    }
    LimitState resumed = learner.resume(read, NOW);
    Occupancy places = new Occupancy(0, 2, 0, 0, 1);
    assertThat(learner.mayOpen(resumed, Account.ANONYMOUS, places, places, NOW)).isNotNull();
    Held held = new Held(2, 2);
    assertThat(
            learner.next(
                resumed, new Observation.Unreachable(Account.ANONYMOUS, held, "x", 0.5), NOW))
        .isNotNull();
  }

  @Test
  void whatAClockThatWasAheadHasWrittenIsNotTheLatestWord() throws Exception {
    LimitMemory memory = new LimitMemory(folder);
    Instant ahead = NOW.plus(Duration.ofDays(365));
    LimitState future = state(ceiling(9, Kind.STATED, ahead, "(9)"));
    memory.keep(NAME, future.withPace(new Pace(ahead, 1, 1, "no answer")), ahead);

    LimitState today = state(ceiling(2, Kind.COUNTED, NOW, ""));
    memory.keep(NAME, today, NOW);

    assertThat(known(memory)).isEqualTo(today);
  }

  @Test
  void anotherProgramsStatedLimitIsNotLost() throws Exception {
    LimitMemory memory = new LimitMemory(folder);
    memory.keep(NAME, state(ceiling(2, Kind.STATED, NOW, "(2)")), NOW);

    memory.keep(NAME, state(ceiling(7, Kind.GROWN, NOW.plusSeconds(60), "")), NOW);

    assertThat(known(memory).address().limit()).isEqualTo(2);
  }

  @Test
  void ofTwoFindingsTheLaterIsTrueToday() {
    LimitState old = state(ceiling(2, Kind.STATED, NOW, ""));
    LimitState later = state(ceiling(3, Kind.PROBED, NOW.plusSeconds(60), ""));

    assertThat(LimitMerge.of(old, later).address().limit()).isEqualTo(3);
    assertThat(LimitMerge.of(later, old).address().limit()).isEqualTo(3);
  }

  @Test
  void aFindingOfLastMonthGivesWayToWhatWorksToday() {
    LimitState old = state(ceiling(2, Kind.COUNTED, NOW.minus(Duration.ofDays(31)), ""));
    LimitState grown = state(ceiling(8, Kind.GROWN, NOW, ""));

    assertThat(LimitMerge.of(grown, old).address().limit()).isEqualTo(8);
  }

  @Test
  void theLongerPauseAndTheAccountsOfBothAreKept() {
    TreeMap<Account, Ceiling> accounts = new TreeMap<>();
    accounts.put(Account.ANONYMOUS, ceiling(1, Kind.COUNTED, NOW, ""));
    Ceiling address = ceiling(2, Kind.COUNTED, NOW, "");
    LimitState ours = new LimitState(address, accounts, new Pace(NOW, 0, 0, "ours"));
    Pace banned = new Pace(NOW.plusSeconds(900), 0, 4, "theirs");
    TreeMap<Account, Ceiling> others = new TreeMap<>();
    others.put(new Account("bob"), ceiling(5, Kind.STATED, NOW, ""));
    LimitState joined = LimitMerge.of(ours, new LimitState(address, others, banned));

    assertThat(joined.pace()).isEqualTo(banned);
    assertThat(joined.accounts()).containsOnlyKeys(Account.ANONYMOUS, new Account("bob"));
  }

  @Test
  void everyBudgetHasAFileNameOfItsOwnThatIsSafe() {
    assertThat(FileNames.folder(BudgetName.of("ftp.example.com", 21)))
        .isEqualTo("ftp.example.com_21_default");
    assertThat(FileNames.folder(new BudgetName("../../etc/passwd", 21, "::1")))
        .isEqualTo("..%2F..%2Fetc%2Fpasswd_21_%3A%3A1");
    assertThat(FileNames.folder(new BudgetName("a_21", 2, "b")))
        .isNotEqualTo(FileNames.folder(new BudgetName("a", 21, "2_b")));
    assertThat(FileNames.folder(BudgetName.of("x".repeat(5000), 21))).hasSizeLessThan(128);
  }

  @Test
  void theLastWriterOfManyLeavesAWholeFile() throws Exception {
    LimitMemory memory = new LimitMemory(folder);
    Thread[] writers = new Thread[4];
    for (int i = 0; i < writers.length; i++) {
      int limit = i + 1;
      writers[i] =
          Thread.ofPlatform()
              .start(() ->
                  assertThatCode(
                          () -> {
                            for (int round = 0; round < 20; round++) {
                              memory.keep(NAME, state(ceiling(limit, Kind.COUNTED, NOW, "")), NOW);
                            }
                          })
                      .doesNotThrowAnyException());
    }
    for (Thread writer : writers) {
      while (writer.isAlive()) {
        assertThat(memory.recall(NAME)).isNotInstanceOf(Recall.Unreadable.class);
      }
    }
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  private static LimitState known(LimitMemory memory) {
    return ((Recall.Known<LimitState>) memory.recall(NAME)).value();
  }

  private static Path file(Path state) {
    return state.resolve("ftp.example.com_21_default.limits");
  }

  private static LimitState state(Ceiling address) {
    return new LimitState(address, new TreeMap<>(), Pace.free(NOW));
  }

  private static Ceiling ceiling(int limit, Kind kind, Instant at, String words) {
    return new Ceiling(
        limit,
        limit,
        at,
        new Evidence(kind, at, words),
        at.plusSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(20));
  }
}
