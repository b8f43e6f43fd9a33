package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.limits.Occupant.Doing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs of one machine write for each other, and what others may have put there. */
class SharedFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final BudgetName NAME = BudgetName.of("ftp.example.com", 21);
  private static final Account ALICE = new Account("alice");
  private static final Occupant MIRROR =
      new Occupant(
          new ProcessName(4711, "bob", "berth mirror"),
          AccountKey.of(NAME, ALICE),
          Doing.CONNECTED,
          NOW,
          2,
          new Route("ftp.example.com", new TreeSet<>(Set.of(40_001, 40_002))));
  private static final Duration SETTLE = Duration.ofMillis(250);

  @TempDir Path top;

  private SharedFolder folder() throws IOException {
    return SharedFolder.of(top.resolve("berth"), "server");
  }

  @Test
  void anOccupantIsReadAsItWasWritten() {
    assertThat(Occupant.read(MIRROR.text())).isEqualTo(MIRROR);
  }

  @Test
  void theTextOfAnOccupantNamesNoAccount() {
    assertThat(MIRROR.text()).contains("berth mirror").doesNotContain("alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pid=1",
        "end=1",
        "pid=-4\nend=1",
        "pid=x\nend=1",
        "pid=99999999999999999999\nend=1"
      })
  void whatIsNoOccupantIsAnArgumentException(String text) {
    assertThatThrownBy(() -> Occupant.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"since=", "doing=", "places=", "account=", "user=", "program="})
  void anOccupantWithoutAnyOfItsValuesIsNone(String key) {
    String text = MIRROR.text().replaceAll("(?m)^" + key + ".*$", "");

    assertThatThrownBy(() -> Occupant.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allUsersMayWriteAndOnlyOwnersDelete() throws IOException {
    SharedFolder folder = folder();
    folder.write("slot.0", "");

    for (Path made : List.of(top.resolve("berth"), folder.path())) {
      assertThat((int) Files.getAttribute(made, "unix:mode") & 07777).isEqualTo(01777);
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.path().resolve("slot.0"))))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void aSymbolicLinkOfSomebodyIsNotFollowed() throws IOException {
    SharedFolder folder = folder();
    Path victim = Files.writeString(top.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.path().resolve("info.0"), victim);

    assertThatThrownBy(() -> folder.write("info.0", "text")).isInstanceOf(IOException.class);
    assertThat(folder.read("info.0", 100)).isEmpty();
    assertThat(victim).hasContent("precious");
  }

  @Test
  void aFolderWhereAFileShouldBeIsNamed() throws IOException {
    SharedFolder folder = folder();
    Files.createDirectory(folder.path().resolve("slot.0"));

    assertThatThrownBy(() -> folder.open("slot.0"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("slot.0");
  }

  @Test
  void aSymbolicLinkInPlaceOfTheFolderIsRefused() throws IOException {
    Files.createSymbolicLink(top.resolve("berth"), Files.createDirectory(top.resolve("elsewhere")));

    assertThatThrownBy(this::folder).isInstanceOf(IOException.class);
  }

  @Test
  void noMoreIsReadThanIsAskedFor() throws IOException {
    SharedFolder folder = folder();
    folder.write("info.0", "x".repeat(101));

    assertThat(folder.read("info.0", 100)).isEmpty();
    assertThat(folder.read("info.0", 101)).hasSize(101);
  }

  @Test
  void aShorterTextLeavesNothingOfALongerOne() throws IOException {
    SharedFolder folder = folder();
    folder.write("info.0", "a long text");
    folder.write("info.0", "short");

    assertThat(folder.read("info.0", 100)).isEqualTo("short");
  }

  private static LimitState state(int limit) {
    LimitState first = new LimitLearner(LimitSettings.standard().withConfigured(limit)).first(NOW);
    return new LimitState(first.address(), new TreeMap<>(), first.pace());
  }

  @Test
  void whatOneChangesTheOtherReads() throws IOException {
    try (SharedState one = new SharedState(NAME, folder());
        SharedState other = new SharedState(NAME, folder())) {
      one.change(state(1), before -> state(before.address().limit() + 2));

      assertThat(other.read().orElseThrow().address().limit()).isEqualTo(3);
    }
  }

  @Test
  void aTextThatIsBeingWrittenIsNone() throws IOException {
    SharedFolder folder = folder();
    try (SharedState shared = new SharedState(NAME, folder)) {
      shared.change(state(3), before -> before);
      String text = folder.read("state", 10_000);
      for (int length = 0; length < text.length(); length++) {
        folder.write("state", text.substring(0, length));
        assertThat(shared.read()).as("the first %d characters", length).isEmpty();
      }
      assertThat(shared.change(state(4), before -> before).address().limit()).isEqualTo(4);
    }
  }

  @Test
  void aSlotIsTakenOnceAndFreeAgainAfterItSettled() throws IOException {
    SharedFolder folder = folder();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      assertThat(slots.take(1, MIRROR, NOW)).isTrue();
      assertThat(slots.take(1, MIRROR, NOW)).isFalse();
      assertThat(slots.held()).isOne();

      slots.leaveAll(NOW);

      assertThat(slots.take(1, MIRROR, NOW.plusMillis(249))).isFalse();
      assertThat(slots.take(1, MIRROR, NOW.plusMillis(250))).isTrue();
    }
  }

  @Test
  void aSlotSettlesAlsoWhereTheClockOfWhoLeftItIsAhead() throws IOException {
    SharedFolder folder = folder();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      slots.take(1, MIRROR, NOW);
      slots.leaveAll(NOW.plusMillis(20));

      assertThat(slots.take(1, MIRROR, NOW)).isFalse();
      assertThat(slots.elsewhere(NOW).holders()).hasSize(1);
      assertThat(slots.take(1, MIRROR, NOW.plusMillis(20).plus(SETTLE))).isTrue();
    }
  }

  @Test
  void aSlotThatWasLeftInAYearToComeIsFree() throws IOException {
    SharedFolder folder = folder();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      slots.take(1, MIRROR, NOW);
      slots.leaveAll(NOW.plus(Duration.ofDays(365)));

      assertThat(slots.take(1, MIRROR, NOW)).isTrue();
    }
  }

  @Test
  void aSlotThatIsSettlingCountsAsLeaving() throws IOException {
    SharedFolder folder = folder();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      slots.take(2, MIRROR, NOW);
      slots.leaveAll(NOW);

      assertThat(slots.elsewhere(NOW).holders()).hasSize(1);
      assertThat(slots.elsewhere(NOW.plus(SETTLE)).holders()).isEmpty();
    }
  }

  @Test
  void theLockedSlotOfAnotherWithoutAWordIsAboutToOpen() throws IOException {
    SharedFolder folder = folder();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE);
        FileChannel other = folder.open("slot.0")) {
      other.lock();

      assertThat(slots.elsewhere(NOW).holders())
          .singleElement()
          .extracting(Occupant::doing)
          .isEqualTo(Doing.OPENING);
      assertThat(slots.take(1, MIRROR, NOW)).isFalse();
      assertThat(slots.take(2, MIRROR, NOW)).isTrue();
    }
  }

  @Test
  void theFileOfAWaiterThatWasKilledCountsForNothing() throws IOException {
    SharedFolder folder = folder();
    folder.write("wait.4711", MIRROR.text());
    try (SlotFiles slots = new SlotFiles(folder, SETTLE);
        FileChannel living = folder.open("wait.4712")) {
      assertThat(slots.elsewhere(NOW).waiting()).isEmpty();

      SharedFolder.write(living, MIRROR.text());
      living.lock();

      assertThat(slots.elsewhere(NOW).waiting()).containsExactly(MIRROR);
    }
  }

  @Test
  void theFileOfAWaiterThatWasKilledLongAgoIsRemoved() throws IOException {
    SharedFolder folder = folder();
    folder.write("wait.4711", MIRROR.text());
    Instant written = Files.getLastModifiedTime(folder.path().resolve("wait.4711")).toInstant();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE);
        FileChannel living = folder.open("wait.4712")) {
      SharedFolder.write(living, MIRROR.text());
      living.lock();

      slots.elsewhere(written.plusSeconds(59));
      assertThat(folder.names("wait.4711")).hasSize(1);
      slots.elsewhere(written.plusSeconds(61));
      assertThat(folder.names("wait.")).containsExactly("wait.4712");
    }
  }

  @Test
  void aDeletedSlotIsNotTakenForTheNewOne() throws IOException {
    SharedFolder folder = folder();
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      assertThat(slots.elsewhere(NOW).holders()).isEmpty();
      slots.take(1, MIRROR, NOW);
      slots.leaveAll(NOW.minusSeconds(1));
      Files.delete(folder.path().resolve("slot.0"));
      try (FileChannel other = folder.open("slot.0")) {
        other.lock();

        assertThat(slots.elsewhere(NOW).holders()).hasSize(1);
        assertThat(slots.take(1, MIRROR, NOW)).isFalse();
      }
    }
  }

  @Test
  void aStateThatWasDeletedIsWrittenWhereOthersFindIt() throws IOException {
    try (SharedState one = new SharedState(NAME, folder());
        SharedState other = new SharedState(NAME, folder())) {
      one.change(state(1), before -> before);
      Files.delete(folder().path().resolve("state"));
      one.change(state(3), before -> before);

      assertThat(other.read().orElseThrow().address().limit()).isEqualTo(3);
    }
  }

  @Test
  void aSlotThatWasLeftInTheFutureIsFree() throws IOException {
    SharedFolder folder = folder();
    folder.write("info.0", leaving(Instant.parse("2199-01-01T00:00:00Z")).text());
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      assertThat(slots.take(1, MIRROR, NOW)).isTrue();
    }
  }

  private static Occupant leaving(Instant since) {
    return new Occupant(MIRROR.program(), MIRROR.account(), Doing.LEAVING, since, 1, Route.UNTOLD);
  }

  @Test
  void somethingElseThanAFileAmongTheWaitersIsPassedOver() throws IOException {
    SharedFolder folder = folder();
    Files.createDirectory(folder.path().resolve("wait.folder"));
    Files.createSymbolicLink(folder.path().resolve("wait.link"), top.resolve("nowhere"));
    try (SlotFiles slots = new SlotFiles(folder, SETTLE)) {
      assertThat(slots.elsewhere(NOW).waiting()).isEmpty();
    }
  }

  @Test
  void whoWaitsWithFewerPlacesIsPoorer() {
    Occupant waiting =
        new Occupant(MIRROR.program(), MIRROR.account(), Doing.WAITING, NOW, 1, Route.UNTOLD);
    Elsewhere elsewhere = new Elsewhere(List.of(), List.of(waiting));

    assertThat(elsewhere.isPoorer(2, 1)).isTrue();
    assertThat(elsewhere.isPoorer(2, 2)).isFalse();
    assertThat(Elsewhere.NOBODY.isPoorer(9, 1)).isFalse();
  }

  @Test
  void whatOthersHoldCountsBesideOurs() {
    Occupant opening =
        new Occupant(
            MIRROR.program(), new AccountKey("0".repeat(16)), Doing.OPENING, NOW, 1, Route.UNTOLD);
    Elsewhere elsewhere = new Elsewhere(List.of(MIRROR, opening), List.of());

    assertThat(elsewhere.with(new Occupancy(0, 1, 0, 0, 5)))
        .isEqualTo(new Occupancy(1, 2, 0, 0, 5));
    assertThat(elsewhere.mayCount(new Held(1, 1), MIRROR.account())).isEqualTo(new Held(2, 2));
    assertThat(elsewhere.mayCount(new Held(1, 1), opening.account())).isEqualTo(new Held(2, 1));
  }

  @Test
  void whatAnotherIsClosingMayCountAndIsNotOpenForCertain() {
    Elsewhere elsewhere = new Elsewhere(List.of(MIRROR.as(Doing.LEAVING, NOW)), List.of());

    assertThat(elsewhere.mayCount(new Held(1, 1), MIRROR.account())).isEqualTo(new Held(2, 2));
    assertThat(elsewhere.open(new Held(1, 1), MIRROR.account())).isEqualTo(new Held(1, 1));
  }
}
