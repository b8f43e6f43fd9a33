package dev.berth.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tomlj.Toml;

/**
 * {@code berth user}: looks at a users file, and changes one account of it. All other lines stay as
 * they are. A running server sees a change when it reloads.
 */
public final class Users {
  /** Where they stand unless another file is named. */
  public static final Path USUAL = Path.of("/etc/berth/users.toml");

  private final Path file;

  /** Those of a file, which need not be there yet. */
  public Users(Path file) {
    this.file = file;
  }

  /** What a new user may do. */
  public enum Rights {
    /** Everything below the home folder. */
    ALL,
    /** List and retrieve. */
    READ_ONLY,
    /** Store new files, and see none. */
    DROP_BOX;

    private String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One account, for a list.
   *
   * @param name who logs in
   * @param home the folder that is {@code /}
   * @param rights in words
   * @param isDisabled whether nobody may log in to it
   */
  public record Line(String name, Path home, String rights, boolean isDisabled) {}

  /**
   * The accounts there are, in the order of the file.
   *
   * @throws FaultySettings naming all that is wrong in the file
   */
  public List<Line> list() throws FaultySettings, IOException {
    UsersFile users = UsersFile.read(file, Homes.UNSEEN);
    if (!users.faults().isEmpty()) {
      throw new FaultySettings(users.faults());
    }
    return users.accounts().stream()
        .map(account ->
            new Line(
                account.name(),
                account.home(),
                AccountReader.words(account.access().permissions()),
                account.access().isOff()))
        .toList();
  }

  /**
   * Adds an account at the end of the file, which is made if it is not there.
   *
   * @param name as the client sends it with USER
   * @param hash see {@link PasswordHash}
   * @throws FaultySettings if there is such an account already, or the file is no TOML
   */
  public void add(String name, String hash, Path home, Rights rights)
      throws FaultySettings, IOException {
    PasswordHash.checked(hash);
    String permissions = rights == Rights.ALL ? "" : "permissions = \"" + rights.key() + "\"\n";
    String table =
        "[%s]\nhash = \"%s\"\nhome = \"%s\"\n%s"
            .formatted(
                Toml.joinKeyPath(List.of(UsersFile.USER, name)),
                hash,
                Toml.tomlEscape(home.toString()),
                permissions);
    change(text -> {
      if (UsersText.of(text).table(name).isPresent()) {
        throw new IllegalArgumentException(
            "user "
                + name
                + " is there already; berth user password sets another password, berth user remove"
                + " makes room");
      }
      String gap =
          text.isEmpty() || text.endsWith("\n\n") ? "" : text.endsWith("\n") ? "\n" : "\n\n";
      return text + gap + table;
    });
  }

  /**
   * Sets another password.
   *
   * @throws FaultySettings if there is no such account, or it does not stand as {@link #add} writes
   */
  public void password(String name, String hash) throws FaultySettings, IOException {
    PasswordHash.checked(hash);
    change(text -> UsersText.of(text).withHash(name, hash));
  }

  /**
   * Removes an account. Its folder stays, and so do comments above it.
   *
   * @throws FaultySettings as for {@link #password}
   */
  public void remove(String name) throws FaultySettings, IOException {
    change(text -> UsersText.of(text).without(name));
  }

  private void change(UnaryOperator<String> edit) throws FaultySettings, IOException {
    try {
      SafeEdit.change(
          file,
          before -> {
            String after = edit.apply(before);
            // What cannot be read again must not be written: better no change than no logins.
            Optional<String> fault = UsersText.fault(after);
            if (fault.isPresent()) {
              throw new IllegalArgumentException(fault.get());
            }
            return after;
          });
    } catch (IllegalArgumentException e) {
      throw new FaultySettings(List.of(file + ": " + e.getMessage()));
    }
  }
}
