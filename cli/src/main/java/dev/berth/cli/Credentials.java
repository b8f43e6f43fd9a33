package dev.berth.cli;

import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who logs in and with what. The password comes from the first of: {@code
 * --password-file}, the URL, {@code BERTH_PASSWORD}, {@code ~/.netrc}, a prompt. Confined to one
 * thread.
 */
final class Credentials {
  private static final int LONGEST_NETRC = 1 << 20;
  private static final Set<String> ANONYMOUS = Set.of("anonymous", "ftp");

  private final ServerUrl url;
  private final Options options;
  private final Surroundings surroundings;
  private final Path netrcFile;
  private final Netrc netrc;

  private Credentials(ServerUrl url, Options options, Surroundings surroundings)
      throws IOException {
    this.url = url;
    this.options = options;
    this.surroundings = surroundings;
    this.netrcFile =
        surroundings.variable("NETRC").map(Path::of).orElse(surroundings.home().resolve(".netrc"));
    this.netrc = readNetrc();
  }

  /**
   * Who logs in: whom the URL names, else the settings, else {@code ~/.netrc}, else anonymous.
   *
   * @throws UsageException when there is no password to be had, or one that cannot be sent
   * @throws IOException when a file cannot be read
   */
  static Login find(ServerUrl url, Choices choices, Options options, Surroundings surroundings)
      throws IOException {
    try {
      Credentials credentials = new Credentials(url, options, surroundings);
      String user = credentials.user(choices);
      return new Login(user, credentials.password(user));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "the password for " + url.place() + " cannot be sent: " + Failures.reason(e));
    }
  }

  private String user(Choices choices) {
    return switch (url.user()) {
      case ServerUrl.User.Named named -> named.name();
      case ServerUrl.User.WithPassword both -> both.name();
      case ServerUrl.User.Unnamed _ ->
          choices
              .find(Setting.USER)
              .or(() -> netrc.find(url.host()).flatMap(Netrc.Entry::login))
              .orElse("anonymous");
    };
  }

  private Secret password(String user) throws IOException {
    Optional<String> file = options.passwordFile();
    if (file.isPresent()) {
      return fromFile(file.get());
    }
    if (url.user() instanceof ServerUrl.User.WithPassword both) {
      return both.password();
    }
    if (ANONYMOUS.contains(user)) {
      // By custom a mail address (RFC 1635); BERTH_PASSWORD is a real one and stays here.
      return netrc
          .find(url.host(), user)
          .flatMap(Netrc.Entry::password)
          .orElse(new Secret("anonymous@"));
    }
    Optional<String> variable = surroundings.variable("BERTH_PASSWORD");
    if (variable.isPresent()) {
      return new Secret(variable.get());
    }
    Optional<Secret> written = netrc.find(url.host(), user).flatMap(Netrc.Entry::password);
    if (written.isPresent()) {
      warnIfOthersCanRead();
      return written.get();
    }
    String question = "Password for %s at %s: ".formatted(Shown.line(user), url.place());
    return surroundings.prompt().ask(question).orElseThrow(() -> noPassword(user));
  }

  private UsageException noPassword(String user) {
    return new UsageException(
        """
        no password for %s at %s: the URL has none, BERTH_PASSWORD is not set, %s has none for it,
        and there is no terminal to ask on. Write it into a file and name that: --password-file FILE\
        """
            .formatted(Shown.line(user), url.place(), netrcFile));
  }

  private Secret fromFile(String name) throws IOException {
    return new Secret(Octets.toText(NewPassword.firstLine(name, surroundings.in())));
  }

  private Netrc readNetrc() throws IOException {
    if (!Files.isRegularFile(netrcFile)) {
      return Netrc.parse(new byte[0]);
    }
    if (Files.size(netrcFile) > LONGEST_NETRC) {
      throw new UsageException(netrcFile + " is larger than 1 MiB: hardly a netrc file");
    }
    return Netrc.parse(Files.readAllBytes(netrcFile));
  }

  private void warnIfOthersCanRead() throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(netrcFile, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> granted = view.readAttributes().permissions();
    if (granted.contains(PosixFilePermission.GROUP_READ)
        || granted.contains(PosixFilePermission.OTHERS_READ)) {
      surroundings
          .err()
          .println(
              "berth: others can read the passwords in %1$s; run: chmod 600 %1$s"
                  .formatted(netrcFile));
    }
  }
}
