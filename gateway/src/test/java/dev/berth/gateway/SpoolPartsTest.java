package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.wire.Features;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spool is made of, each by itself. */
class SpoolPartsTest {
  private static final Features TREE = new Features(Map.of("TVFS", ""));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "/in, x, /in/x",
    "/in, /x, /x",
    "/in/, ./a//x, /in/a/x",
    "/, x, /x",
  })
  void pathsAreTheSameIfTheyLeadToTheSamePlace(String in, String argument, String key) {
    assertThat(new SpoolPath(in, argument).key(TREE)).contains(key);
  }

  @Test
  void whereTwoDotsLeadIsNotKnown() {
    assertThat(new SpoolPath("/in", "../x").key(TREE)).isEmpty();
  }

  @Test
  void withoutATreeOnlyTheSameWordsMeanTheSame() {
    Optional<String> one = new SpoolPath("A.B", "x").key(Features.none());

    assertThat(one).isPresent().isNotEqualTo(new SpoolPath("A.B", "./x").key(Features.none()));
    assertThat(new SpoolPath("A.B", "[C]x").canHaveTemporary(Features.none())).isFalse();
    assertThat(new SpoolPath("A.B", "x.jpg").canHaveTemporary(Features.none())).isTrue();
  }

  @Test
  void temporaryNameOfALongNameIsShort() {
    assertThat(new SpoolPath("/", "a/" + "n".repeat(250)).temporary("7-a"))
        .isEqualTo("a/.berth-7-a");
    assertThat(new SpoolPath("/", "a/x").temporary("7-a")).isEqualTo("a/.x.berth-7-a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a b=c\nd%\u00e4\ud83d\udcf7", "\udcff\udc80 in no charset"})
  void journalKeepsEachOctetOfANameAndALogin(String text) {
    SpoolPath path = new SpoolPath("/" + text, text);
    SpooledFile file =
        new SpooledFile(
            "000000000001-0123456789ab",
            text,
            path,
            path,
            'A',
            7,
            "0".repeat(64),
            Instant.EPOCH,
            SpooledFile.Stage.SENDING);
    SpooledFile read = SpooledFile.of(file.text());

    assertThat(Octets.toBytes(read.target().argument())).isEqualTo(Octets.toBytes(text));
    assertThat(read).isEqualTo(file);
    SpoolAccount account =
        new SpoolAccount(
            new Login("ann", new Secret("p=%\u00e4 ")),
            "/" + text,
            TREE,
            new Reply(215, List.of("one", "two")));
    assertThat(SpoolAccount.of(account.text())).isEqualTo(account);
    assertThat(account.toString()).doesNotContain("p=%");
  }

  @Test
  void journalOfALaterVersionIsRefused() {
    assertThatThrownBy(() -> SpooledFile.of("berth spooled file 2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("berth spooled file 2");
  }

  @Test
  void alarmComesOnceInEachPeriodWithoutHeadway() {
    StuckAlarm alarm = new StuckAlarm(Duration.ofSeconds(10));
    Instant start = Instant.EPOCH;

    assertThat(alarm.isDue(start.plusSeconds(9), start)).isFalse();
    assertThat(alarm.isDue(start.plusSeconds(10), start)).isTrue();
    assertThat(alarm.isDue(start.plusSeconds(19), start)).isFalse();
    assertThat(alarm.isDue(start.plusSeconds(20), start)).isTrue();
    alarm.moves(start.plusSeconds(25));
    assertThat(alarm.isDue(start.plusSeconds(34), start)).isFalse();
    assertThat(alarm.isDue(start.plusSeconds(35), start)).isTrue();
  }

  @Test
  void receiptThatAKillHasCutIsNoneAndSpoilsNoOther() throws Exception {
    Receipts receipts = new Receipts(folder);
    receipts.add(Map.of("id", "1-a"));
    Files.writeString(
        folder.resolve("receipts.jsonl"), "{\"id\":\"2-b\"", StandardOpenOption.APPEND);

    assertThat(receipts.ids()).containsExactly("1-a");
    receipts.add(Map.of("id", "3-c"));

    assertThat(receipts.ids()).containsExactlyInAnyOrder("1-a", "3-c");
    assertThat(Files.readAllLines(folder.resolve("receipts.jsonl"))).hasSize(2);
  }

  @Test
  void receiptsAreRotatedAndTheLastOnesStillKnown() throws Exception {
    Receipts receipts = new Receipts(folder);
    receipts.add(Map.of("id", "1-a"));
    String large = "{\"id\":\"2-b\",\"x\":\"" + "x".repeat(4 << 20) + "\"}\n";
    Files.writeString(folder.resolve("receipts.jsonl"), large, StandardOpenOption.APPEND);

    receipts.add(Map.of("id", "3-c"));

    assertThat(Files.readAllLines(folder.resolve("receipts.jsonl")))
        .containsExactly("{\"id\":\"3-c\"}");
    assertThat(receipts.ids()).containsExactlyInAnyOrder("1-a", "2-b", "3-c");
  }

  @Test
  void roomIsNeverGivenTwice() {
    SpoolRoom room = new SpoolRoom(10);

    assertThat(room.take(6)).isTrue();
    assertThat(room.take(5)).isFalse();
    assertThat(room.take(4)).isTrue();
    assertThat(room.isFull()).isTrue();
    room.giveBack(4);
    assertThat(room.take(4)).isTrue();
  }
}
