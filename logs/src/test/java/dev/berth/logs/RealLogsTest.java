package dev.berth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.sightings.Happening;
import dev.berth.sightings.Sighting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Logs of real servers, and what their clients wrote down of the same hour. */
class RealLogsTest {
  private static final Pattern COUNT = Pattern.compile("\"([^\"]+)\": (\\d+)");
  private static final Pattern ADDRESS = Pattern.compile("\"([0-9.]+)\": \\{([^}]*)}");

  private final List<Sighting> seen = new ArrayList<>();

  @Test
  void vsftpdTellsLoginsRefusalsAndTransfersOfEachAddressAsTheyWere() throws IOException {
    LogSummary summary = read("vsftpd/vsftpd.log");

    assertThat(summary.unread()).as(summary.toString()).isZero();
    assertThat(counts(Happening.LoggedIn.class)).isEqualTo(truth("vsftpd", "logged in"));
    assertThat(counts(Happening.Refused.class)).isEqualTo(truth("vsftpd", "refused"));
    assertThat(wholeTransfers()).isEqualTo(truth("vsftpd", "RETR ok", "STOR ok"));
  }

  @Test
  void aTransferLogTellsWhatWasMovedAsItWas() throws IOException {
    for (String server : List.of("vsftpd", "proftpd")) {
      seen.clear();
      LogSummary summary = read(server + "/xferlog");

      assertThat(summary.unread()).as(summary.toString()).isZero();
      assertThat(wholeTransfers()).isEqualTo(truth(server, "RETR ok", "STOR ok"));
    }
  }

  @Test
  void proftpdTellsRefusalsOfEachAddressAsTheyWere() throws IOException {
    LogSummary summary = read("proftpd/proftpd.log");

    assertThat(summary.unread()).as(summary.toString()).isZero();
    assertThat(counts(Happening.Refused.class)).isEqualTo(truth("proftpd", "refused"));
  }

  @Test
  void proftpdTellsLoginsAndTransfersByItsExtendedLog() throws IOException {
    LogSummary summary = read("proftpd/extended.log");

    assertThat(summary.unread()).as(summary.toString()).isZero();
    assertThat(counts(Happening.LoggedIn.class)).isEqualTo(truth("proftpd", "logged in"));
    assertThat(counts(Happening.LoginFailed.class))
        .isEqualTo(truth("proftpd", "login failed: 530"));
    assertThat(counts(Happening.Refused.class)).isEqualTo(truth("proftpd", "refused"));
    assertThat(wholeTransfers()).isEqualTo(truth("proftpd", "RETR ok", "STOR ok"));
  }

  @Test
  void pureFtpdTellsTransfersByItsTransferLog() throws IOException {
    LogSummary summary = read("pure-ftpd/xferlog");

    assertThat(summary.unread()).as(summary.toString()).isZero();
    assertThat(wholeTransfers())
        .isEqualTo(truth("pure-ftpd", "RETR ok", "STOR ok", "dropped in the middle of RETR"));
  }

  @Test
  void pureFtpdTellsLoginsTransfersAndIdleEndsOfEachAddressAsTheyWere() throws IOException {
    LogSummary summary = read("pure-ftpd/syslog");

    assertThat(summary.unread()).as(summary.toString()).isZero();
    assertThat(counts(Happening.LoggedIn.class)).isEqualTo(truth("pure-ftpd", "logged in"));
    assertThat(counts(Happening.LoginFailed.class)).isEqualTo(truth("pure-ftpd", "login failed"));
    assertThat(counts(Happening.IdledOut.class)).isEqualTo(truth("pure-ftpd", "idle"));
    // Of the two that were broken off it writes what was moved until then.
    assertThat(wholeTransfers())
        .isEqualTo(truth("pure-ftpd", "RETR ok", "STOR ok", "dropped in the middle of RETR"));
  }

  private LogSummary read(String log) throws IOException {
    try (InputStream in = RealLogsTest.class.getResourceAsStream(log)) {
      return LogReader.of(log, ZoneOffset.UTC, Instant.parse("2026-11-22T12:00:00Z"))
          .read(in, (kind, sighting) -> seen.add(sighting));
    }
  }

  private Map<String, Integer> counts(Class<? extends Happening> kind) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Sighting sighting : seen) {
      if (kind.isInstance(sighting.happening())) {
        counts.merge(sighting.caller().address().orElseThrow(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private Map<String, Integer> wholeTransfers() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Sighting sighting : seen) {
      if (sighting.happening() instanceof Happening.Transferred transferred
          && transferred.isWhole()) {
        counts.merge(sighting.caller().address().orElseThrow(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** By address, how often something that begins with one of these words was. */
  private static Map<String, Integer> truth(String server, String... words) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    try (InputStream in = RealLogsTest.class.getResourceAsStream(server + "/truth.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher address = ADDRESS.matcher(text);
      while (address.find()) {
        Matcher count = COUNT.matcher(address.group(2));
        while (count.find()) {
          if (List.of(words).stream().anyMatch(count.group(1)::startsWith)) {
            counts.merge(address.group(1), Integer.parseInt(count.group(2)), Integer::sum);
          }
        }
      }
    }
    return counts;
  }
}
