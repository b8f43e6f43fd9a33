package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.simulator.Fault;
import dev.berth.simulator.Mask;
import dev.berth.simulator.Simulator;
import dev.berth.simulator.SimulatorSettings;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real server and its mask are asked the same, and answer the same, word for word. */
@ExtendWith(PeersOrSkip.class)
final class MaskTest {
  private static final String USER = "berthtest";
  private static final int LIMIT = 2;

  private static final List<String> BEFORE_LOGIN = List.of("PWD", "RETR x", "FEAT", "XYZZY");

  private static final List<String> LOGGED_IN =
      List.of(
          "SYST",
          "FEAT",
          "NOOP",
          "HELP",
          "PWD",
          "XPWD",
          "TYPE A",
          "TYPE I",
          "TYPE X",
          "MODE S",
          "STRU F",
          "STRU R",
          "ALLO 10",
          "CLNT x",
          "HASH x",
          "SMNT x",
          "XYZZY",
          "AUTH TLS",
          "ABOR",
          "CWD dir",
          "PWD",
          "CDUP",
          "CWD nonesuch",
          "CWD file",
          "SIZE file",
          "SIZE nonesuch",
          "SIZE dir",
          "MDTM nonesuch",
          "REST 4",
          "REST 0",
          "MKD new",
          "MKD new",
          "RMD new",
          "RMD nonesuch",
          "DELE nonesuch",
          "RNTO x",
          "RNFR file",
          "RNTO other",
          "RNFR other",
          "RNTO file",
          "SITE CHMOD 644 file",
          "SITE HELP",
          "OPTS UTF8 ON",
          "MLST nonesuch",
          "MFMT 20200101000000 nonesuch");

  /** One command, or what else happened, and what was answered. */
  private record Exchange(String asked, String answered) {}

  @ParameterizedTest
  @EnumSource
  void maskSaysWhatTheRealServerSays(PeerKind kind) throws Exception {
    List<Exchange> real;
    try (Peer peer = Peers.start(kind, PeerSettings.plain().perAddress(LIMIT))) {
      makeFiles(peer.root());
      peer.own();
      real = play(peer.address(), peer.user(), peer.password());
    }
    SimulatorSettings settings =
        SimulatorSettings.as(Mask.named(maskName(kind)).orElseThrow())
            .user(USER, new SimulatorSettings.Secret("secret"))
            .with(Fault.LimitPerAddress.of(LIMIT));
    List<Exchange> masked;
    try (Simulator simulator = Simulator.start(settings)) {
      makeFiles(simulator.root());
      masked = play(simulator.address(), simulator.user(), simulator.password());
    }

    assertThat(differences(real, masked)).isEmpty();
  }

  private static List<String> differences(List<Exchange> real, List<Exchange> masked) {
    List<String> differences = new ArrayList<>();
    Map<String, List<String>> said = byCommand(masked);
    byCommand(real)
        .forEach((asked, answers) -> {
          List<String> ours = said.getOrDefault(asked, List.of());
          if (!answers.equals(ours)) {
            differences.add(asked + ": " + answers + " as mask " + ours);
          }
        });
    return differences;
  }

  private static Map<String, List<String>> byCommand(List<Exchange> heard) {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (Exchange exchange : heard) {
      answers.computeIfAbsent(exchange.asked(), it -> new ArrayList<>()).add(exchange.answered());
    }
    return answers;
  }

  private static String maskName(PeerKind kind) {
    return switch (kind) {
      case VSFTPD -> "vsftpd";
      case PROFTPD -> "proftpd";
      case PURE_FTPD -> "pure-ftpd";
      case PYFTPDLIB -> "pyftpdlib";
      case APACHE -> "apache";
    };
  }

  private static void makeFiles(Path root) throws IOException {
    Files.writeString(root.resolve("file"), "0123456789");
    Files.createDirectory(root.resolve("dir"));
    Files.writeString(root.resolve("dir").resolve("inner"), "x");
  }

  private static List<Exchange> play(InetSocketAddress server, String user, String password)
      throws IOException {
    List<Exchange> heard = new ArrayList<>();
    try (RawClient client = RawClient.connect(server)) {
      heard.add(new Exchange("(connect)", normal(client.hear())));
      ask(client, BEFORE_LOGIN, heard);
      ask(client, List.of("USER " + user), heard);
      heard.add(new Exchange("PASS", normal(client.ask("PASS " + password))));
      ask(client, LOGGED_IN, heard);
      ask(client, List.of("TYPE I"), heard);
      download(client, "RETR file", heard);
      download(client, "RETR nonesuch", heard);
      download(client, "RETR dir", heard);
      download(client, "LIST", heard);
      upload(client, "STOR up", heard);
      upload(client, "STOR nonesuch/up", heard);
      ask(client, List.of("DELE up"), heard);
      try (RawClient second = RawClient.loggedIn(server, user, password)) {
        heard.add(new Exchange("(third)", third(server, user, password)));
        second.ask("QUIT");
      }
      ask(client, List.of("QUIT"), heard);
      heard.add(new Exchange("(end)", "" + client.isEnded()));
    }
    return heard;
  }

  private static void ask(RawClient client, List<String> commands, List<Exchange> heard)
      throws IOException {
    for (String command : commands) {
      heard.add(new Exchange(command, normal(client.ask(command))));
    }
  }

  /** The last reply is read once our side of the data is closed: ProFTPD waits for that. */
  private static void download(RawClient client, String command, List<Exchange> heard)
      throws IOException {
    String first;
    try (Socket data = client.passive()) {
      first = client.ask(command);
      heard.add(new Exchange(command, normal(first)));
      if (first.startsWith("1")) {
        data.getInputStream().readAllBytes();
      }
    }
    if (first.startsWith("1")) {
      heard.add(new Exchange(command + " (end)", normal(client.hear())));
    }
  }

  private static void upload(RawClient client, String command, List<Exchange> heard)
      throws IOException {
    String first;
    try (Socket data = client.passive()) {
      first = client.ask(command);
      heard.add(new Exchange(command, normal(first)));
      if (first.startsWith("1")) {
        data.getOutputStream().write(new byte[5]);
      }
    }
    if (first.startsWith("1")) {
      heard.add(new Exchange(command + " (end)", normal(client.hear())));
    }
  }

  /** All that somebody over the limit hears, to the end. */
  private static String third(InetSocketAddress server, String user, String password)
      throws IOException {
    StringBuilder all = new StringBuilder();
    try (RawClient client = RawClient.connect(server)) {
      all.append(normal(client.hear()));
      for (String command : List.of("USER " + user, "PASS " + password)) {
        all.append(" / ").append(normal(client.ask(command)));
      }
    } catch (EOFException | SocketException e) {
      all.append(" / end");
    }
    return all.toString().replaceFirst("^220[\\s\\S]*? / ", "220 / ");
  }

  /** Without what is of one run. */
  private static String normal(String reply) {
    return reply
        // Pure-FTPd has a second line at times: how much it is, or a joke.
        .replaceAll("150-Accepted data connection\n150 .*", "150 Accepted data connection")
        // pyftpdlib says which of both it was; that is a race.
        .replaceAll(
            "150 File status okay\\. About to open data connection\\.",
            "125 Data connection already open. Transfer starting.")
        .replaceAll("user number \\d+ of \\d+", "user number N of N")
        .replaceAll("now \\d\\d:\\d\\d\\. Server port: \\d+", "now T. Server port: N")
        .replaceAll("[\\d.]+ seconds \\(measured here\\), [\\d.]+ \\w+", "T")
        .replaceAll("uploaded \\d+ and downloaded \\d+", "uploaded N and downloaded N")
        .replaceAll("\\d+ matches", "N matches");
  }
}
