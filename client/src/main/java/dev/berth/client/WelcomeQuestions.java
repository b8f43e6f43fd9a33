package dev.berth.client;

import dev.berth.dialects.ServerDialect;
import dev.berth.dialects.ServerSoftware;
import dev.berth.dialects.Stated;
import dev.berth.wire.Command;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server says of itself, and how fast it says it. */
final class WelcomeQuestions {
  private static final int ROUND_TRIPS = 3;

  private final FtpConnection connection;
  private final Answers answers;

  WelcomeQuestions(FtpConnection connection, Answers answers) {
    this.connection = connection;
    this.answers = answers;
  }

  void ask() throws IOException {
    Reply greeting = connection.dialogue().greeting().orElse(Reply.of(220, ""));
    answers.note(
        Fact.GREETING, new Answer.Told(Octets.printable(String.join(" / ", greeting.lines())), ""));
    Map<String, String> features = connection.features().parameters();
    answers.note(
        Fact.FEATURES,
        features.isEmpty()
            ? new Answer.No("FEAT lists nothing")
            : new Answer.Told(
                features.keySet().stream().sorted().collect(Collectors.joining(" ")), "FEAT"));
    answers.note(
        Fact.LOGIN_TIME,
        new Answer.Told(millis(connection.loginTook()), "from the connect until all was ready"));
    answers.note(Fact.ROUND_TRIP, Examination.answer(this::roundTrip));
    answers.note(Fact.SOFTWARE, Examination.answer(() -> software(greeting)));
  }

  /** SYST is asked for here only: it tells Apache FtpServer, whose greeting may say anything. */
  private Answer software(Reply greeting) throws IOException {
    Reply system = connection.dialogue().exchange(Command.of("SYST"));
    ServerDialect known =
        connection.traits().dialect().orElse(ServerDialect.of(greeting)).withSystem(system);
    answers.note(
        Fact.IDLE_STATED,
        switch (known.idleSeconds()) {
          case Stated.Figure(int seconds) -> new Answer.Told(seconds + " s", "its greeting");
          case Stated.Nothing nothing -> new Answer.Unknown("the greeting does not say");
        });
    String says = "SYST says " + system;
    return known.software() == ServerSoftware.UNKNOWN
        ? new Answer.Unknown(known.clue() + "; " + says)
        : new Answer.Told(known.software().label(), known.clue() + "; " + says);
  }

  private Answer roundTrip() throws IOException {
    Command noop = Command.of("NOOP");
    Stream.Builder<Duration> times = Stream.builder();
    for (int n = 0; n < ROUND_TRIPS; n++) {
      long before = System.nanoTime();
      Reply reply = connection.dialogue().exchange(noop);
      times.add(Duration.ofNanos(System.nanoTime() - before));
      if (!connection.dialogue().isIntact()) {
        throw connection.dialogue().refused(noop, reply);
      }
    }
    Duration best = times.build().min(Comparator.naturalOrder()).orElseThrow();
    return new Answer.Told(millis(best), "the quickest of " + ROUND_TRIPS + " NOOPs");
  }

  /** Milliseconds with one digit behind the point; whole ones from ten on. */
  static String millis(Duration time) {
    long tenths = time.toNanos() / 100_000;
    return tenths >= 100 ? tenths / 10 + " ms" : tenths / 10 + "." + tenths % 10 + " ms";
  }
}
