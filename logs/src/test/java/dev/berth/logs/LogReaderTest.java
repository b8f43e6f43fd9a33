package dev.berth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.sightings.Happening;
import dev.berth.sightings.Sighting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final Instant WRITTEN = Instant.parse("2026-01-02T10:00:00Z");

  private final List<Sighting> seen = new ArrayList<>();

  @Test
  void aFileOfSeveralKindsIsReadAndWhatNobodyKnowsIsShown() throws IOException {
    LogSummary summary =
        read(
            "Sun Nov 22 11:54:45 2026 [pid 8005] CONNECT: Client \"192.0.2.7\"",
            "Sun Nov 22 11:54:46 2026 0 192.0.2.7 1024 /a/b c.txt b _ o r ann ftp 0 * c",
            "what is this?",
            "Nov 22 11:56:58 host sshd[7]: Accepted publickey for ann",
            "Sun Nov 22 11:54:45 2026 [pid 8005] SINGS: Client \"192.0.2.7\"");

    assertThat(seen)
        .extracting(Sighting::happening)
        .containsExactly(
            new Happening.Opened(),
            new Happening.Transferred(
                Happening.Direction.DOWN, "/a/b c.txt", new Happening.Size.Bytes(1024), true));
    assertThat(summary.foreign()).isEqualTo(1);
    assertThat(summary.unread()).isEqualTo(2);
    assertThat(summary.examples())
        .extracting(unread -> unread.citation() + " " + unread.text())
        .first()
        .isEqualTo("x.log:3 what is this?");
  }

  @Test
  void aTimeWithoutAYearIsOfTheYearThatFitsTheFile() throws IOException {
    read(
        "Dec 31 23:59:59 host pure-ftpd[1]: (?@192.0.2.7) [INFO] New connection from 192.0.2.7",
        "Jan  1 00:00:01 host pure-ftpd[1]: (ann@192.0.2.7) [INFO] Logout.");

    assertThat(seen)
        .extracting(sighting -> sighting.moment().instant().orElseThrow())
        .containsExactly(
            Instant.parse("2025-12-31T23:59:59Z"), Instant.parse("2026-01-01T00:00:01Z"));
  }

  @Test
  void aTimeWithoutAYearMayBeADayLaterThanTheFile() throws IOException {
    Instant written = Instant.parse("2025-12-31T23:30:00Z");
    byte[] line =
        "Jan  1 00:10:00 host pure-ftpd[1]: (ann@192.0.2.7) [INFO] Logout.\n"
            .getBytes(StandardCharsets.UTF_8);
    LogReader.of("x.log", ZoneOffset.UTC, written)
        .read(new ByteArrayInputStream(line), (kind, sighting) -> seen.add(sighting));

    assertThat(seen.getFirst().moment().instant()).contains(Instant.parse("2026-01-01T00:10:00Z"));
  }

  @Test
  void aLineThatIsNotUnderstoodTellsNothing() throws IOException {
    LogSummary summary =
        read(
            "Nov 22 11:56:58 host pure-ftpd[1]: (?@192.0.2.7) [WARNING] Authentication failed for"
                + " user [ann");

    assertThat(summary.unread()).isEqualTo(1);
    assertThat(seen).isEmpty();
  }

  @Test
  void aLineThatIsTooLongIsNotGuessedAt() throws IOException {
    String start =
        "Sun Nov 22 11:54:45 2026 [pid 8] [ann] OK DOWNLOAD: Client \"192.0.2.7\", \"/a\", 5";
    String tail = " ".repeat(LineSource.LONGEST) + "more";

    assertThat(read(start + " bytes, 2.00Kbyte/sec" + tail).unread()).isEqualTo(1);
    assertThat(seen).isEmpty();
  }

  @Test
  void aWebServersLogIsNoneOfOurs() throws IOException {
    LogSummary summary =
        read("192.0.2.7 - - [22/Nov/2026:11:56:58 +0000] \"GET /a HTTP/1.1\" 200 1024");

    assertThat(summary.unread()).isEqualTo(1);
    assertThat(seen).isEmpty();
  }

  @Test
  void aTimeThatCannotBeIsNotUnderstood() throws IOException {
    assertThat(read("Sun Feb 31 11:54:45 2026 [pid 8] CONNECT: Client \"192.0.2.7\"").unread())
        .isEqualTo(1);
    assertThat(seen).isEmpty();
  }

  @Test
  void aUserCannotWriteALineThatCountsForAnotherAddress() throws IOException {
    read(
        "Sun Nov 22 11:54:45 2026 [pid 8] [x] OK LOGIN: Client \"192.0.2.8\"] FAIL LOGIN: Client"
            + " \"192.0.2.7\"");

    assertThat(seen).noneMatch(sighting -> sighting.happening() instanceof Happening.LoggedIn);
  }

  @Test
  void theNumberThatARefusalStatesIsKept() throws IOException {
    read(
        "2026-11-22 11:54:49,933 host proftpd[9360] 127.0.0.1 (192.0.2.7[192.0.2.7]): Connection"
            + " refused (MaxClientsPerHost 3)");

    assertThat(seen.getFirst().happening())
        .isEqualTo(
            new Happening.Refused(
                new Refusal.Limit(
                    Refusal.Scope.ADDRESS, new Stated.Figure(3), "MaxClientsPerHost 3"),
                Phase.PASS));
  }

  private LogSummary read(String... lines) throws IOException {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    return LogReader.of("x.log", ZoneOffset.UTC, WRITTEN)
        .read(new ByteArrayInputStream(text), (kind, sighting) -> seen.add(sighting));
  }
}
