package dev.berth.daemon;

import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.gateway.Logins;
import dev.berth.settings.TomlSection;
import dev.berth.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads with whose users clients of an upstream log in: {@code logins}, and the tables {@code
 * [upstream.login.NAME]} and {@code [upstream.user.NAME]}.
 */
final class LoginsReader {
  private static final Logger LOG = System.getLogger(LoginsReader.class.getName());
  private static final String LOGIN = "login";
  private static final String USER = "user";
  private static final int LONGEST_FILE = 65_536;

  private LoginsReader() {}

  /** What is set; if there are faults, something that is not used. */
  static Logins read(TomlSection upstream) {
    boolean isMapped =
        upstream
            .word("logins", List.of("pass-through", "mapped"))
            .map(word -> word.equals("mapped"))
            .orElse(false);
    if (!isMapped) {
      refuseTables(upstream);
      return new Logins.PassThrough();
    }
    Map<String, TomlSection> known = upstream.sections(LOGIN);
    Map<String, Login> logins = new LinkedHashMap<>();
    known.forEach((name, login) -> login(login).ifPresent(it -> logins.put(name, it)));
    if (known.isEmpty()) {
      upstream.fault("logins", "= mapped needs a [upstream.login.NAME], who the server knows");
    }
    Map<String, TomlSection> own = upstream.sections(USER);
    List<Logins.OwnUser> users = new ArrayList<>();
    for (TomlSection user : own.values()) {
      user(user, List.copyOf(known.keySet()), logins).ifPresent(users::add);
    }
    if (own.isEmpty()) {
      upstream.fault("logins", "= mapped needs a [upstream.user.NAME], who logs in here");
    }
    return users.isEmpty() ? new Logins.PassThrough() : new Logins.Mapped(users);
  }

  private static void refuseTables(TomlSection upstream) {
    for (String key : List.of(LOGIN, USER)) {
      if (upstream.has(key)) {
        upstream.fault(key, "goes with logins = \"mapped\"");
      }
    }
  }

  /** Somebody whom the server knows. */
  private static Optional<Login> login(TomlSection section) {
    Optional<Secret> password = section.read("password-file", LoginsReader::firstLine);
    if (!section.has("password-file")) {
      section.fault("needs password-file = \"/a/file\", whose first line is the password there");
    }
    section.end();
    try {
      return password.map(it -> new Login(section.name(), it));
    } catch (IllegalArgumentException e) {
      section.fault("is not the name of a user");
      return Optional.empty();
    }
  }

  private static Secret firstLine(String text) {
    Path file = Values.wholePath(text);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST_FILE);
      warnIfOthersCanRead(file);
      String line = Octets.toText(bytes).lines().findFirst().orElse("");
      if (line.isEmpty()) {
        throw new IllegalArgumentException("the first line is empty");
      }
      return new Secret(line);
    } catch (IOException e) {
      throw new IllegalArgumentException(FileFaults.wordsOfSecret(e), e);
    }
  }

  /** Its group may: a service is often given its secrets so. */
  private static void warnIfOthersCanRead(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
      LOG.log(Level.WARNING, "event=password-readable file=\"{0}\" remedy=\"chmod o-r\"", file);
    }
  }

  /** Somebody who logs in here. */
  private static Optional<Logins.OwnUser> user(
      TomlSection section, List<String> names, Map<String, Login> logins) {
    Optional<Logins.Hash> hash =
        section.readSecret("hash", text -> new Logins.Hash(PasswordHash.checked(text)));
    if (!section.has("hash")) {
      section.fault("needs a hash: berth user hash asks for a password");
    }
    Optional<String> as = section.read("as", text -> TomlSection.oneOf(text, names));
    if (!section.has("as") && names.size() > 1) {
      section.fault("needs as = \"NAME\", one of " + String.join(", ", names));
    }
    section.end();
    if (section.name().isEmpty() || section.name().chars().anyMatch(Character::isISOControl)) {
      section.fault("is not the name of a user");
      return Optional.empty();
    }
    Optional<Login> login =
        as.or(() -> names.stream().findFirst()).flatMap(it -> Optional.ofNullable(logins.get(it)));
    return hash.flatMap(it -> login.map(to -> new Logins.OwnUser(section.name(), it, to)));
  }
}
