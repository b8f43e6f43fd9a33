package dev.berth.testkit;

import static dev.berth.testkit.PeerSettings.Limit;
import static dev.berth.testkit.PeerSettings.Timeout;
import static dev.berth.testkit.PeerSettings.Tls;
import static dev.berth.testkit.PeerSettings.TlsReuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * pure-ftpd(8), set up by arguments alone. The users are virtual ones in a PureDB file, so that
 * each server has roots of its own. It logs to /dev/log and nowhere else: it gets a /dev of its own
 * where our {@link SyslogSink} listens.
 */
final class PureFtpdLauncher implements Launcher {
  private static final Pattern REFUSAL = Pattern.compile("\\[WARNING\\] Too many connections");

  /**
   * More than any test opens; it is cut quietly to half the passive ports, of which there are 126.
   */
  private static final int SERVER_LIMIT = 60;

  @Override
  public PeerKind kind() {
    return PeerKind.PURE_FTPD;
  }

  @Override
  public void require() {
    Installation.requireDaemon(kind());
  }

  @Override
  public List<String> prepare(Place place, PeerSettings settings) throws IOException {
    cannot(settings.tls() == Tls.IMPLICIT, "implicit TLS");
    cannot(settings.tlsReuse() == TlsReuse.DEMANDED, "TLS session reuse demanded");
    cannot(settings.timeouts().containsKey(Timeout.DATA), "a data time-out");
    List<String> command = new ArrayList<>(alone(place));
    command.addAll(service(place));
    command.addAll(limits(settings));
    if (settings.tls() != Tls.NONE) {
      command.addAll(
          List.of("-Y", settings.tls() == Tls.EXPLICIT ? "1" : "3", "-2", place.pem().toString()));
    }
    command.addAll(settings.lines());
    return command;
  }

  private List<String> service(Place place) throws IOException {
    return List.of(
        Installation.program(kind()).orElseThrow().toString(),
        "-4",
        "-H",
        "-A",
        "-E",
        "-S",
        "127.0.0.1," + place.ports().control(),
        "-l",
        "puredb:" + users(place),
        "-p",
        place.ports().lowestPassive() + ":" + place.ports().highestPassive(),
        "-g",
        place.folder().resolve("pid").toString(),
        "-O",
        "clf:" + place.folder().resolve("xferlog"));
  }

  private Path users(Place place) throws IOException {
    Account.Numbers numbers = Account.numbers().orElseThrow();
    Path list = place.folder().resolve("users");
    Files.writeString(
        list,
        user(Account.USER, Account.PASSWORD_HASH, numbers, place.root())
            + user(Account.SECOND_USER, Account.SECOND_PASSWORD_HASH, numbers, place.secondRoot()));
    Path users = place.folder().resolve("users.pdb");
    Program.run(
        Installation.part(kind(), "usr/bin/pure-pw").toString(),
        "mkdb",
        users.toString(),
        "-f",
        list.toString());
    return users;
  }

  private static String user(String name, String hash, Account.Numbers numbers, Path root) {
    return String.join(
            ":",
            name,
            hash,
            Integer.toString(numbers.user()),
            Integer.toString(numbers.group()),
            "",
            root + "/./")
        + "::::::::::::\n";
  }

  private List<String> limits(PeerSettings settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-c");
    arguments.add(Integer.toString(settings.limits().getOrDefault(Limit.SERVER, SERVER_LIMIT)));
    Integer perAddress = settings.limits().get(Limit.PER_ADDRESS);
    if (perAddress != null) {
      arguments.addAll(List.of("-C", perAddress.toString()));
    }
    Integer perUser = settings.limits().get(Limit.PER_USER);
    if (perUser != null) {
      arguments.addAll(List.of("-y", perUser + ":0"));
    }
    Duration idle = settings.timeouts().get(Timeout.IDLE);
    if (idle != null) {
      cannot(idle.toSeconds() % 60 != 0, "an idle time that is not whole minutes: " + idle);
      arguments.addAll(List.of("-I", Long.toString(idle.toMinutes())));
    }
    return arguments;
  }

  /**
   * A start in a mount namespace of its own, with a /dev that holds our socket as /dev/log, and its
   * own place for what it counts of a user's sessions: all Pure-FTPds of a machine count in one.
   * Where namespaces are not to be had the server runs without a log, and counts those of others.
   */
  private static List<String> alone(Place place) throws IOException {
    if (!Program.succeeds("unshare", "--mount", "true")) {
      return List.of();
    }
    Path devices = Files.createDirectory(place.folder().resolve("dev"));
    for (String device : List.of("null", "urandom", "random", "zero")) {
      Files.createFile(devices.resolve(device));
    }
    place.keep(SyslogSink.listen(devices.resolve("log"), place.folder().resolve("syslog.log")));
    String script =
        """
        cd "$1"; shift
        for device in null urandom random zero; do mount --bind /dev/$device dev/$device; done
        if [ -d /dev/shm ]; then mkdir dev/shm; mount --bind /dev/shm dev/shm; fi
        mount --rbind dev /dev
        mkdir -m 700 sessions
        mkdir -p -m 700 /run/pure-ftpd
        mount --bind sessions /run/pure-ftpd
        exec "$@"
        """;
    return List.of(
        "unshare", "--mount", "sh", "-eu", "-c", script, "sh", place.folder().toString());
  }

  @Override
  public String logName() {
    return "syslog.log";
  }

  @Override
  public Pattern refusalLine() {
    return REFUSAL;
  }

  @Override
  public boolean forks() {
    return true;
  }
}
