package dev.berth.testkit;

import static dev.berth.testkit.PeerSettings.NewestTls;
import static dev.berth.testkit.PeerSettings.Tls;
import static dev.berth.testkit.PeerSettings.TlsReuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** proftpd.conf. The users come from a file of their own (mod_auth_file), not from the system. */
final class ProftpdLauncher implements Launcher {
  private static final Pattern REFUSAL =
      Pattern.compile(
          "Connection refused \\(Max|Max(Instances|ConnectionRate) .* reached, new connection"
              + " denied");

  @Override
  public PeerKind kind() {
    return PeerKind.PROFTPD;
  }

  @Override
  public void require() {
    Installation.requireDaemon(kind());
  }

  @Override
  public List<String> prepare(Place place, PeerSettings settings) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.addAll(service(place));
    lines.addAll(limits(settings));
    if (settings.tls() != Tls.NONE) {
      lines.addAll(tls(place, settings));
    }
    lines.addAll(settings.lines());
    Path configuration = Files.write(place.folder().resolve("proftpd.conf"), lines);
    return List.of(
        Installation.program(kind()).orElseThrow().toString(),
        "--nodaemon",
        "--quiet",
        "--config",
        configuration.toString());
  }

  private List<String> service(Place place) throws IOException {
    Path folder = place.folder();
    return List.of(
        "ModulePath " + Installation.part(kind(), "usr/lib/proftpd"),
        "LoadModule mod_tls.c",
        "ServerType standalone",
        "ServerName \"test\"",
        "Port " + place.ports().control(),
        "DefaultAddress 127.0.0.1",
        "SocketBindTight on",
        "UseIPv6 off",
        "UseReverseDNS off",
        "User " + Account.USER,
        "Group " + Account.USER,
        "AuthOrder mod_auth_file.c",
        "AuthUserFile " + users(place),
        "RequireValidShell off",
        "DefaultRoot ~",
        "Umask 022",
        "AllowOverwrite on",
        "AllowRetrieveRestart on",
        "AllowStoreRestart on",
        "TimesGMT on",
        "PassivePorts " + place.ports().lowestPassive() + " " + place.ports().highestPassive(),
        "PidFile " + folder.resolve("pid"),
        "ScoreboardFile " + folder.resolve("scoreboard"),
        "SystemLog " + folder.resolve("proftpd.log"),
        "TransferLog " + folder.resolve("xferlog"),
        "WtmpLog off",
        // It would make logins slow on purpose, against timing of user names.
        "DelayEngine off");
  }

  /** passwd(5); it refuses a file that others may read. */
  private static Path users(Place place) throws IOException {
    Account.Numbers numbers = Account.numbers().orElseThrow();
    Path users = place.folder().resolve("users");
    Files.writeString(
        users,
        user(Account.USER, Account.PASSWORD_HASH, numbers, place.root())
            + user(Account.SECOND_USER, Account.SECOND_PASSWORD_HASH, numbers, place.secondRoot()));
    return Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
  }

  private static String user(String name, String hash, Account.Numbers numbers, Path root) {
    return String.join(
            ":",
            name,
            hash,
            Integer.toString(numbers.user()),
            Integer.toString(numbers.group()),
            "",
            root.toString(),
            "/bin/false")
        + "\n";
  }

  private static List<String> limits(PeerSettings settings) {
    List<String> lines = new ArrayList<>();
    settings
        .limits()
        .forEach((limit, number) ->
            lines.add(
                switch (limit) {
                      case PER_ADDRESS -> "MaxClientsPerHost ";
                      case SERVER -> "MaxClients ";
                      case PER_USER -> "MaxClientsPerUser ";
                    }
                    + number));
    settings
        .timeouts()
        .forEach((timeout, duration) -> {
          for (String directive :
              switch (timeout) {
                case IDLE -> List.of("TimeoutIdle ", "TimeoutLogin ");
                case DATA -> List.of("TimeoutStalled ", "TimeoutNoTransfer ");
              }) {
            lines.add(directive + duration.toSeconds());
          }
        });
    return lines;
  }

  private static List<String> tls(Place place, PeerSettings settings) throws IOException {
    Path pem = place.pem();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "TLSEngine on",
                "TLSLog " + place.folder().resolve("tls.log"),
                "TLSECCertificateFile " + pem,
                "TLSECCertificateKeyFile " + pem,
                "TLSVerifyClient off",
                "TLSRequired " + (settings.tls() == Tls.EXPLICIT ? "off" : "on"),
                settings.newestTls() == NewestTls.V1_2
                    ? "TLSProtocol TLSv1.2"
                    : "TLSProtocol TLSv1.2 TLSv1.3"));
    if (settings.tlsReuse() == TlsReuse.FREE) {
      lines.add("TLSOptions NoSessionReuseRequired");
    }
    if (settings.tls() == Tls.IMPLICIT) {
      lines.add("TLSOptions UseImplicitSSL");
    }
    return lines;
  }

  @Override
  public String logName() {
    return "proftpd.log";
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
