package dev.berth.dialects;

import static dev.berth.dialects.ReplyTable.scope;
import static dev.berth.dialects.ReplyTable.stated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.dialects.Refusal.IdleTimeout;
import dev.berth.dialects.ReplyTable.Row;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalReaderTest {
  private static final RefusalReader READER = new RefusalReader();

  @ParameterizedTest
  @CsvSource({"replies.tsv, 95", "catalogues.tsv, 97", "others.tsv, 97"})
  void readsTheRepliesOfKnownServers(String table, int percent) {
    List<Row> rows = ReplyTable.load(table);

    List<String> misses = misses(READER, rows);

    assertThat(100.0 * (rows.size() - misses.size()) / rows.size())
        .as("%s: %d of %d missed:%n%s", table, misses.size(), rows.size(), lines(misses))
        .isGreaterThanOrEqualTo(percent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"replies.tsv", "catalogues.tsv", "others.tsv"})
  void statesTheNumberThatTheReplyStates(String table) {
    List<String> wrong = new ArrayList<>();
    for (Row row : ReplyTable.load(table)) {
      Optional<Refusal> read = READER.read(row.observation());
      boolean states =
          read.stream().anyMatch(r -> r instanceof Refusal.Limit || r instanceof IdleTimeout);
      boolean rightScope = scope(read).equals(row.scope());
      if (states && rightScope && !stated(read).equals(row.stated())) {
        wrong.add(row + " -> " + stated(read));
      }
    }

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replies.tsv", "catalogues.tsv", "others.tsv"})
  void neverReadsAWrongPasswordAsALimit(String table) {
    List<Row> failures =
        ReplyTable.load(table).stream().filter(r -> r.scope().equals("login-failures")).toList();

    assertThat(failures)
        .isNotEmpty()
        .noneMatch(row -> READER.read(row.observation()).orElse(null) instanceof Refusal.Limit);
  }

  @Test
  void neverReadsAWrongPasswordAsALimitInALanguageItDoesNotKnow() {
    for (String language : languages()) {
      var stranger = new RefusalReader(Words.loadWithout(language));

      assertThat(ReplyTable.load("catalogues.tsv"))
          .filteredOn(row -> row.scope().equals("login-failures"))
          .noneMatch(row -> stranger.read(row.observation()).orElse(null) instanceof Refusal.Limit);
    }
  }

  /** How well it does on a language nobody has told it about: by code, phase and numbers alone. */
  @Test
  void understandsMuchOfALanguageItDoesNotKnow() {
    Map<String, List<Row>> byLanguage =
        ReplyTable.load("catalogues.tsv").stream()
            .filter(row -> row.server().startsWith("Pure-FTPd"))
            .collect(Collectors.groupingBy(row -> language(row.server())));
    int rows = 0;
    int missed = 0;
    for (String language : languages()) {
      var stranger = new RefusalReader(Words.loadWithout(language));
      List<Row> foreign = byLanguage.getOrDefault(language, List.of());
      rows += foreign.size();
      missed += misses(stranger, foreign).size();
    }

    assertThat(100.0 * (rows - missed) / rows).as("%d of %d", missed, rows).isGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KOI8-R",
        "windows-1251",
        "GB18030",
        "GBK",
        "Big5",
        "EUC-KR",
        "Shift_JIS",
        "EUC-JP",
        "ISO-8859-1",
        "ISO-8859-2",
        "windows-1250",
        "ISO-8859-9",
        "windows-1252",
        "UTF-8"
      })
  void readsBytesInTheCharsetsOfTheServers(String name) {
    Charset charset = Charset.forName(name);
    List<Row> rows =
        Stream.of("replies.tsv", "catalogues.tsv")
            .flatMap(table -> ReplyTable.load(table).stream())
            .filter(row -> charset.newEncoder().canEncode(row.text()))
            .filter(row -> row.text().chars().anyMatch(c -> c >= 0x80))
            .toList();

    List<String> changed = new ArrayList<>();
    for (Row row : rows) {
      String bytes = new String(row.text().getBytes(charset), StandardCharsets.ISO_8859_1);
      String read = scope(READER.read(row.observation(bytes)));
      if (!read.equals(scope(READER.read(row.observation())))) {
        changed.add(row + " -> " + read);
      }
    }

    assertThat(changed).as(lines(changed)).hasSizeLessThanOrEqualTo(rows.size() / 50);
  }

  @Test
  void readsTextsWithoutTheirDiacriticsAndInCapitals() {
    assertThat(scope(pass(421, "NAO POSSO ACEITAR MAIS DO QUE 4 CONEXOES DO MESMO USUARIO")))
        .isEqualTo("per-user");
    assertThat(scope(greeting(421, "Zbyt wiele po??cze? (3) z tego IP"))).isEqualTo("per-ip");
    assertThat(scope(pass(530, "Authentifizierung FEHLGESCHLAGEN"))).isEqualTo("login-failures");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Too many connections (2) from this IP | 2",
        "5 users (the maximum) are already logged in, sorry | 5",
        "Sorry, max 10 users -- try again later | 10",
        "Sorry, the maximum number of clients (12) from your host are already connected. | 12",
        "only one session from same IP allowed at a time | 1",
        "Maximum of 3 connections from 10.1.2.3 reached at 12:30:01 on 2024-05-06 | 3",
        "Too many users: 20/20 | 20",
        "Too many connections from 192.168.1.5, limit is 8, try again in 60 seconds | 8",
        "Nur zwei Verbindungen (maximal) von dieser Adresse | 2"
      })
  void findsTheLimitAmongOtherNumbers(String text, int limit) {
    assertThat(stated(greeting(421, text))).hasValue(limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many connections from 10.0.0.1",
        "Too many users (load 3.20, 99% of memory in use)"
      })
  void statesNothingWhereAllNumbersAreOfOtherThings(String text) {
    assertThat(stated(greeting(421, text))).isEmpty();
  }

  @Test
  void readsMinutesAsSeconds() {
    assertThat(stated(session(421, "Timeout: idle for 15 minutes."))).hasValue(900);
    assertThat(stated(session(421, "Idle timeout (120s): closing"))).hasValue(120);
  }

  @Test
  void countsAnUnknownFailureAtPassAsNoLimit() {
    assertThat(scope(pass(530, ""))).isEqualTo("unclear");
    assertThat(scope(pass(530, "Not logged in."))).isEqualTo("login-failures");
    assertThat(scope(pass(530, "User cannot log in."))).isEqualTo("login-failures");
    assertThat(scope(pass(530, "User max cannot log in."))).isEqualTo("login-failures");
    assertThat(scope(pass(530, "Login or password incorrect, 3 tries left (maximum 5)")))
        .isEqualTo("login-failures");
    assertThat(scope(pass(530, "Qwrt zxcv (3) plmk"))).isEqualTo("unclear");
    assertThat(scope(pass(421, "Too many failed login attempts"))).isEqualTo("login-failures");
  }

  @Test
  void takesNoInvitationToTryAgainForAnAttempt() {
    assertThat(scope(greeting(421, "Слишком много подключений, повторите попытку позже")))
        .isEqualTo("server-wide");
    assertThat(scope(greeting(421, "접속자가 너무 많습니다. 나중에 다시 시도하십시오"))).isEqualTo("server-wide");
    assertThat(scope(pass(530, "Слишком много попыток, повторите попытку позже")))
        .isEqualTo("login-failures");
  }

  @Test
  void takesABusyServerForAFullOneOnlyBeforeThePassword() {
    assertThat(scope(greeting(421, "The server is busy"))).isEqualTo("server-wide");
    assertThat(scope(pass(530, "The server is busy"))).isEqualTo("overload");
    assertThat(scope(pass(530, "Server busy: login failed"))).isEqualTo("login-failures");
    assertThat(scope(greeting(421, "System busy, load is 9.1"))).isEqualTo("overload");
  }

  @Test
  void readsACloseWithoutAWordAsSilence() {
    assertThat(READER.read(Observation.silence(Phase.GREETING)))
        .containsInstanceOf(Refusal.Silent.class);
  }

  @Test
  void keepsTheWordsOfTheServer() {
    assertThat(greeting(421, "Too many users").orElseThrow().words()).isEqualTo("Too many users");
  }

  @Test
  void survivesRandomTextOfAnyCharset() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<Row> rows = ReplyTable.load("catalogues.tsv");
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      Charset charset =
          random.nextBoolean() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16;
      String noise = new String(bytes, charset);
      Row row = rows.get(random.nextInt(rows.size()));
      int cut = random.nextInt(row.text().length());
      String text = row.text().substring(0, cut) + noise + row.text().substring(cut);
      assertThatCode(() -> READER.read(row.observation(text)))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "9",
        " ",
        "(",
        "?",
        "a?",
        "1.",
        "\u00E9",
        "最",
        "\u0301",
        "too many ",
        "повторите попытку "
      })
  void readsLongTextsInBoundedTime(String pattern) {
    String text = pattern.repeat(64 * 1024 / pattern.length());

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> READER.read(coded(Phase.SESSION, 421, text)));
  }

  private static Optional<Refusal> greeting(int code, String text) {
    return READER.read(coded(Phase.GREETING, code, text));
  }

  private static Optional<Refusal> pass(int code, String text) {
    return READER.read(coded(Phase.PASS, code, text));
  }

  private static Optional<Refusal> session(int code, String text) {
    return READER.read(coded(Phase.SESSION, code, text));
  }

  private static Observation coded(Phase phase, int code, String text) {
    return new Observation(phase, new Observation.Said.Coded(code, text), false);
  }

  private static List<String> misses(RefusalReader reader, List<Row> rows) {
    List<String> misses = new ArrayList<>();
    for (Row row : rows) {
      String read = scope(reader.read(row.observation()));
      if (!read.equals(row.scope())) {
        misses.add(row + " -> " + read);
      }
    }
    return misses;
  }

  private static List<String> languages() {
    return List.of(
        "cs", "da", "de", "es", "fr", "hu", "it", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk",
        "sq", "sv", "tr", "zh");
  }

  private static String language(String server) {
    String language = server.substring(server.indexOf(' ') + 1);
    return language.startsWith("zh") ? "zh" : language;
  }

  private static String lines(List<String> lines) {
    return String.join(System.lineSeparator(), lines);
  }
}
