package dev.berth.testkit;

import static dev.berth.testkit.PeerSettings.Limit;
import static dev.berth.testkit.PeerSettings.Tls;
import static dev.berth.testkit.PeerSettings.TlsReuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** vsftpd.conf(5). It knows users through PAM only, so it needs the system's test account. */
final class VsftpdLauncher implements Launcher {
  private static final Pattern REFUSAL = Pattern.compile("Connection refused: too many sessions");

  @Override
  public PeerKind kind() {
    return PeerKind.VSFTPD;
  }

  @Override
  public void require() {
    Installation.requireDaemon(kind());
    if (!Files.exists(Path.of("/etc/pam.d", Account.PAM_SERVICE))) {
      throw new PeerMissing(kind(), "there is no PAM service " + Account.PAM_SERVICE);
    }
  }

  @Override
  public List<String> prepare(Place place, PeerSettings settings) throws IOException {
    cannot(settings.limits().containsKey(Limit.PER_USER), "a limit per user");
    List<String> lines = new ArrayList<>();
    lines.addAll(service(place));
    lines.addAll(limits(settings));
    if (settings.tls() != Tls.NONE) {
      lines.addAll(tls(place, settings));
    }
    // Its own namespaces, as shipped; in a container that may not make any it would refuse every
    // session.
    if (!Program.succeeds("unshare", "--pid", "--net", "--ipc", "--fork", "true")) {
      lines.addAll(List.of("isolate=NO", "isolate_network=NO"));
    }
    lines.addAll(settings.lines());
    Path configuration = Files.write(place.folder().resolve("vsftpd.conf"), lines);
    // It says why it gives up on descriptor 0, as if inetd had started it.
    return List.of(
        "sh",
        "-c",
        "exec \"$0\" \"$1\" 0>&1",
        Installation.program(kind()).orElseThrow().toString(),
        configuration.toString());
  }

  private static List<String> service(Place place) throws IOException {
    Path empty = Files.createDirectory(place.folder().resolve("empty"));
    return List.of(
        "listen=YES",
        "listen_address=127.0.0.1",
        "listen_port=" + place.ports().control(),
        "background=NO",
        "anonymous_enable=NO",
        "local_enable=YES",
        "write_enable=YES",
        "local_umask=022",
        "secure_chroot_dir=" + empty,
        "pam_service_name=" + Account.PAM_SERVICE,
        "local_root=" + place.root(),
        "chroot_local_user=YES",
        "allow_writeable_chroot=YES",
        "pasv_min_port=" + place.ports().lowestPassive(),
        "pasv_max_port=" + place.ports().highestPassive(),
        "xferlog_enable=YES",
        "dual_log_enable=YES",
        "vsftpd_log_file=" + place.folder().resolve("vsftpd.log"),
        "xferlog_file=" + place.folder().resolve("xferlog"));
  }

  private static List<String> limits(PeerSettings settings) {
    List<String> lines = new ArrayList<>();
    // As shipped max_clients is 2000 and max_per_ip 50; 0 means none.
    lines.add("max_per_ip=" + settings.limits().getOrDefault(Limit.PER_ADDRESS, 0));
    lines.add("max_clients=" + settings.limits().getOrDefault(Limit.SERVER, 0));
    settings
        .timeouts()
        .forEach((timeout, duration) ->
            lines.add(
                switch (timeout) {
                      case IDLE -> "idle_session_timeout=";
                      case DATA -> "data_connection_timeout=";
                    }
                    + duration.toSeconds()));
    return lines;
  }

  private static List<String> tls(Place place, PeerSettings settings) throws IOException {
    boolean isRequired = settings.tls() != Tls.EXPLICIT;
    return List.of(
        "ssl_enable=YES",
        "rsa_cert_file=" + place.pem(),
        // Its default list holds nothing that a client of today accepts.
        "ssl_ciphers=HIGH",
        "force_local_logins_ssl=" + yes(isRequired),
        "force_local_data_ssl=" + yes(isRequired),
        "implicit_ssl=" + yes(settings.tls() == Tls.IMPLICIT),
        "require_ssl_reuse=" + yes(settings.tlsReuse() == TlsReuse.DEMANDED));
  }

  private static String yes(boolean yes) {
    return yes ? "YES" : "NO";
  }

  @Override
  public String logName() {
    return "vsftpd.log";
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
