package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many programs of one machine at one server share what it allows, without a number and a daemon.
 */
@ExtendWith(PeersOrSkip.class)
final class NeighbourTest {
  private static final int PROGRAMS = 10;
  private static final int LIMIT = 2;
  private static final int MOST_REFUSALS = 2;
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final FileTree FILES = FileTree.of(3, new FileTree.Shape(1, PROGRAMS, 200 << 10));

  @TempDir Path folder;

  private final List<Process> foreign = new ArrayList<>();

  @AfterEach
  void endForeign() {
    foreign.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void tenPutsStartedAtOnceAllArrive(PeerKind kind) throws IOException {
    try (Server server = server(kind)) {
      List<Path> sources = sources();

      List<Berth.Running> running = putAll(Berth.in(folder), sources, server);
      for (Berth.Running each : running) {
        each.await(SOON).ended(0);
      }

      assertArrived(sources, server);
      assertThat(server.tap().refused()).isLessThanOrEqualTo(MOST_REFUSALS);
    }
  }

  @Test
  void oneThatIsKilledHoldsUpNobody() throws IOException {
    PeerSettings slow = PeerSettings.plain().perAddress(LIMIT).line("local_max_rate=400000");
    try (Server server = Server.start(PeerKind.VSFTPD, slow)) {
      inbox(server);
      List<Path> sources = sources();

      List<Berth.Running> running = putAll(Berth.in(folder), sources, server);
      Await.until(SOON, "an upload", () -> server.tap().commands("STOR") >= 2);
      Berth.Running victim = running.removeFirst();
      victim.kill();
      sources.removeFirst();
      for (Berth.Running each : running) {
        each.await(SOON).ended(0);
      }

      assertArrived(sources, server);
    }
  }

  @Test
  void besideCurlAndLftpThatHoldOneEachItWaitsAndArrives()
      throws IOException, InterruptedException {
    PeerSettings slow = PeerSettings.plain().perAddress(LIMIT).line("local_max_rate=300000");
    try (Server server = Server.start(PeerKind.VSFTPD, slow)) {
      inbox(server);
      Files.write(server.root().resolve("big"), new byte[2_000_000]);
      server.peer().own();
      List<Path> sources = sources();
      String login = Server.USER + ":" + Server.PASSWORD;
      String big = "ftp://%s@127.0.0.1:%d/big".formatted(login, server.tap().port());
      Process curl = foreign("curl", "-s", "-o", folder.resolve("c").toString(), big);
      Process lftp =
          foreign("lftp", "-c", "get -O " + folder + " " + big + " -o " + folder.resolve("l"));
      Await.until(SOON, "both at work", () -> server.tap().commands("RETR") == 2);

      List<Berth.Running> running = putAll(Berth.in(folder), sources, server);
      for (Berth.Running each : running) {
        each.await(SOON).ended(0);
      }

      assertArrived(sources, server);
      assertThat(curl.waitFor()).isZero();
      assertThat(lftp.waitFor()).isZero();
    }
  }

  @Test
  void besideAnIdleLftpItKeepsToTheRestAndTakesThePlaceWhenThatGoes()
      throws IOException, InterruptedException {
    PeerSettings slow = PeerSettings.plain().perAddress(LIMIT).line("local_max_rate=100000");
    try (Server server = Server.start(PeerKind.VSFTPD, slow)) {
      server.peer().fill(FileTree.of(7, new FileTree.Shape(1, 40, 20 << 10)));
      Berth berth = Berth.in(folder);
      berth.run("limits", "set", server.url(""), LIMIT).ended(0);
      String login = "ftp://%s:%s@127.0.0.1:%d/";
      String place = login.formatted(Server.USER, Server.PASSWORD, server.tap().port());
      Process lftp = foreign("lftp", "-c", "open " + place + "; ls; shell sleep 60");
      Await.until(SOON, "lftp", () -> server.tap().commands("LIST") == 1);

      try (Berth.Running mirror =
          berth.start("mirror", "--parallel", 4, server.url(""), folder.resolve("down"))) {
        Await.until(SOON, "files on their way", () -> server.tap().commands("RETR") > 3);
        assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(LIMIT);
        assertThat(berth.run("status").ended(0).out())
            .contains("limit 2 (set by the user")
            .contains("pid " + lftp.pid() + " `lftp`: connected, not by Berth");
        int logins = server.tap().commands("PASS");
        assertThat(logins).as("lftp and one of ours").isEqualTo(2);

        lftp.destroyForcibly().waitFor();
        Await.until(SOON, "one more", () -> server.tap().commands("PASS") == 3);
        mirror.await(SOON).ended(0);
      }

      assertThat(server.tap().refused()).isZero();
    }
  }

  @Test
  void aNameOfAServerAndItsAddressShareABudget() throws IOException {
    PeerSettings slow = PeerSettings.plain().perAddress(1).line("local_max_rate=200000");
    try (Server server = Server.start(PeerKind.VSFTPD, slow)) {
      server.peer().fill(FileTree.of(5, new FileTree.Shape(1, 60, 20 << 10)));
      Berth berth = Berth.in(folder);
      berth.run("limits", "set", server.url(""), 1).ended(0);
      try (Berth.Running mirror = berth.start("mirror", server.url(""), folder.resolve("down"))) {
        Await.until(SOON, "files on their way", () -> server.tap().commands("RETR") > 3);

        String byName = server.url("").replace("127.0.0.1", "localhost");
        berth.run("ls", byName).ended(0);

        mirror.await(SOON).ended(0);
      }
      assertThat(server.tap().refused()).isZero();
    }
  }

  @Test
  void twoUsersOfAMachineShareABudget() throws IOException {
    assumeThat(System.getProperty("user.name")).as("who may become another user").isEqualTo("root");
    try (Server server = server(PeerKind.VSFTPD)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      List<Path> sources = sources();
      Path share = folder.resolve("share");
      Berth ours = Berth.in(Files.createDirectory(folder.resolve("ours")));
      Berth theirs = Berth.in(Files.createDirectory(folder.resolve("theirs"))).asNobody();
      ours.with("BERTH_SHARE_DIR", share.toString());
      theirs.with("BERTH_SHARE_DIR", share.toString());

      ours.run("ls", server.url("")).ended(0); // makes the common folder
      List<Berth.Running> running = putAll(ours, sources.subList(0, PROGRAMS / 2), server);
      running.addAll(putAll(theirs, sources.subList(PROGRAMS / 2, PROGRAMS), server));
      for (Berth.Running each : running) {
        assertThat(each.await(SOON).ended(0).err()).doesNotContain("not shared");
      }

      assertArrived(sources, server);
      assertThat(server.tap().refused()).isLessThanOrEqualTo(MOST_REFUSALS);
    }
  }

  @Test
  void aLongMirrorGivesWayToAShortJob() throws IOException {
    PeerSettings slow = PeerSettings.plain().perAddress(1).line("local_max_rate=200000");
    try (Server server = Server.start(PeerKind.VSFTPD, slow)) {
      server.peer().fill(FileTree.of(5, new FileTree.Shape(1, 200, 20 << 10)));
      inbox(server);
      Path one = sources().getFirst();
      Berth berth = Berth.in(folder);
      try (Berth.Running mirror =
          berth.start("mirror", "--parallel", 4, server.url(""), folder.resolve("down"))) {
        Await.until(SOON, "files on their way", () -> server.tap().commands("RETR") > 3);

        berth.run("put", one, server.url("inbox/")).ended(0);

        assertThat(mirror.process().isAlive()).isTrue();
        mirror.await(SOON).ended(0);
      }
    }
  }

  private static Server server(PeerKind kind) throws IOException {
    Server server = Server.start(kind, PeerSettings.plain().perAddress(LIMIT));
    inbox(server);
    return server;
  }

  private static void inbox(Server server) throws IOException {
    Files.createDirectory(server.root().resolve("inbox"));
    server.peer().own();
  }

  private List<Path> sources() throws IOException {
    Path top = Files.createDirectory(folder.resolve("sources"));
    FILES.writeTo(top);
    try (var files = Files.walk(top)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  private static List<Berth.Running> putAll(Berth berth, List<Path> sources, Server server) {
    List<Berth.Running> running = new ArrayList<>();
    sources.forEach(source -> running.add(berth.start("put", source, server.url("inbox/"))));
    return running;
  }

  private Process foreign(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    foreign.add(process);
    return process;
  }

  private static void assertArrived(List<Path> sources, Server server) {
    for (Path source : sources) {
      assertThat(server.root().resolve("inbox").resolve(source.getFileName()))
          .hasSameBinaryContentAs(source);
    }
  }
}
