package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.server.Access;
import dev.berth.server.Account;
import dev.berth.server.Bound;
import dev.berth.server.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
  private static final String HASH = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
  private static final String OTHER =
      "$argon2id$v=19$m=12288,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
          + "GusKaUDe426ZdJnHrhcForlByAUVS8XP6j22sq1J268";

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("users.toml"), String.join("\n", lines) + "\n");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void firstUserMakesAFileForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("users.toml");

    new Users(file).add("ann", HASH, Path.of("/srv/a"), Users.Rights.READ_ONLY);

    assertThat(file)
        .content()
        .isEqualTo(
            "[user.ann]\nhash = \""
                + HASH
                + "\"\nhome = \"/srv/a\"\npermissions = \"read-only\"\n");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(new Users(file).list())
        .containsExactly(new Users.Line("ann", Path.of("/srv/a"), "read-only", false));
  }

  @Test
  void nameAndHomeOfAnyCharactersComeBack() throws Exception {
    Path file = folder.resolve("users.toml");
    Path home = Path.of("/srv/a \"b\"\\c");

    new Users(file).add("bob \"the\" b.", HASH, home, Users.Rights.ALL);

    assertThat(new Users(file).list())
        .containsExactly(new Users.Line("bob \"the\" b.", home, "all", false));
  }

  @Test
  void anotherUserStandsBehindAndNothingElseChanges() throws Exception {
    Path file =
        file("# Ours", "", "[user.ann]  # the first", "home = '/a'", "hash = '" + HASH + "'");
    String before = Files.readString(file);

    new Users(file).add("bob", OTHER, Path.of("/b"), Users.Rights.DROP_BOX);

    assertThat(file)
        .content()
        .isEqualTo(
            before
                + "\n[user.bob]\nhash = \""
                + OTHER
                + "\"\nhome = \"/b\"\npermissions = \"drop-box\"\n");
  }

  @Test
  void passwordChangesOneLineAndKeepsItsComment() throws Exception {
    Path file =
        file(
            "# Ann",
            "[user.ann]",
            "home = '/a'",
            "  hash = '" + HASH + "'  # of May",
            "# Bob",
            "[user.bob]",
            "hash = \"" + HASH + "\"",
            "home = '/b'");

    new Users(file).password("ann", OTHER);

    assertThat(file)
        .content()
        .isEqualTo(
            String.join(
                "\n",
                "# Ann",
                "[user.ann]",
                "home = '/a'",
                "  hash = \"" + OTHER + "\"  # of May",
                "# Bob",
                "[user.bob]",
                "hash = \"" + HASH + "\"",
                "home = '/b'",
                ""));
  }

  @Test
  void userWithoutAHashGetsOne() throws Exception {
    Path file = file("[user.ann]", "home = '/a'");

    new Users(file).password("ann", OTHER);

    assertThat(file).content().startsWith("[user.ann]\nhash = \"" + OTHER + "\"\nhome");
  }

  @Test
  void removedUserLeavesTheOthersAndTheComments() throws Exception {
    Path file =
        file(
            "[user.ann]",
            "hash = '" + HASH + "'",
            "home = '/a'",
            "networks = [",
            "  '192.0.2.0/24',",
            "]",
            "",
            "# Bob",
            "[user.bob]",
            "hash = '" + HASH + "'",
            "home = '/b'");

    new Users(file).remove("ann");

    assertThat(file).content().isEqualTo("# Bob\n[user.bob]\nhash = '" + HASH + "'\nhome = '/b'\n");
  }

  @Test
  void lastUserIsRemovedFromBehindTheOthers() throws Exception {
    Path file =
        file("[user.ann]", "hash = '" + HASH + "'", "home = '/a'", "", "[user.bob]", "x = 1");

    new Users(file).remove("bob");

    assertThat(file).content().isEqualTo("[user.ann]\nhash = '" + HASH + "'\nhome = '/a'\n");
  }

  @Test
  void whatCannotBeDoneChangesNothingAndSaysWhy() throws Exception {
    Path file = file("[user]", "ann.hash = 'x'", "ann.home = '/a'");
    Users users = new Users(file);
    String before = Files.readString(file);

    assertThatThrownBy(() -> users.remove("bob")).hasMessageContaining("there is no user bob");
    assertThatThrownBy(() -> users.remove("ann")).hasMessageContaining("by hand");
    assertThatThrownBy(() -> users.password("ann", OTHER)).hasMessageContaining("by hand");
    assertThatThrownBy(() -> users.add("ann", OTHER, Path.of("/"), Users.Rights.ALL))
        .isInstanceOf(FaultySettings.class);
    assertThat(file).content().isEqualTo(before);
    Files.writeString(file, "[user.ann");
    assertThatThrownBy(() -> users.add("bob", OTHER, Path.of("/"), Users.Rights.ALL))
        .isInstanceOf(FaultySettings.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void userIsNotAddedTwice() throws Exception {
    Users users = new Users(folder.resolve("u"));
    users.add("ann", HASH, Path.of("/a"), Users.Rights.ALL);

    assertThatThrownBy(() -> users.add("ann", OTHER, Path.of("/a"), Users.Rights.ALL))
        .isInstanceOf(FaultySettings.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void linkStaysALinkAndTheModeStaysButForOthers() throws Exception {
    Path real = file("# nobody");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    new Users(link).add("ann", HASH, Path.of("/a"), Users.Rights.ALL);

    assertThat(link).isSymbolicLink();
    assertThat(mode(real)).isEqualTo("rw-r-----");
    assertThat(real).content().startsWith("# nobody\n\n[user.ann]");
  }

  @Test
  void everySettingOfAnAccountArrives() throws Exception {
    UsersFile users =
        UsersFile.read(
            file(
                "[user.ann]",
                "hash = '" + HASH + "'",
                "home = '/a'",
                "start = '/in'",
                "permissions = ['list', 'store', 'make-folder']",
                "tls = 'required'",
                "networks = ['192.0.2.0/24']",
                "disabled = true",
                "quota = '10G'",
                "quota-files = 100",
                "retrieve-rate = '2M'",
                "store-rate = 'unlimited'",
                "umask = '027'"),
            Homes.UNSEEN);

    assertThat(users.faults()).isEmpty();
    Account ann = users.accounts().getFirst();
    assertThat(ann.start().toString()).contains("/in");
    assertThat(ann.quota().bytes()).isEqualTo(new Bound.AtMost(10L << 30));
    assertThat(ann.quota().files()).isEqualTo(new Bound.AtMost(100));
    assertThat(ann.rates().retrieved()).isEqualTo(new Bound.AtMost(2 << 20));
    assertThat(ann.umask()).isEqualTo(027);
    Access access = ann.access();
    assertThat(access.permissions())
        .isEqualTo(Set.of(Permission.LIST, Permission.STORE, Permission.MAKE_FOLDER));
    assertThat(access.needsTls()).isTrue();
    assertThat(access.isOff()).isTrue();
    assertThat(access.networks()).hasSize(1);
  }

  @Test
  void faultsOfAccountsShowNoHash() throws Exception {
    UsersFile users =
        UsersFile.read(
            file(
                "[user.ann]",
                "hash = 'secret-in-clear'",
                "home = 'a'",
                "permission = 'all'",
                "[user.bob]",
                "password = 'secret-in-clear'",
                "permissions = ['lits']",
                "retrieve-rate = 10",
                "umask = 22"),
            Homes.UNSEEN);

    assertThat(users.accounts()).isEmpty();
    assertThat(String.join("\n", users.faults()))
        .contains("users.toml:2: user.ann.hash: neither Argon2id")
        .contains(":3: user.ann.home = a: not a whole pathname")
        .contains(":4: user.ann.permission is no key; did you mean permissions?")
        .contains(":5: user.bob needs a hash")
        .contains(":5: user.bob needs home")
        .contains(":6: user.bob.password is no key")
        .contains(":7: user.bob.permissions = lits: none of all, read-only")
        .contains("did you mean list?")
        .contains(":8: user.bob.retrieve-rate = 10: at least 1K")
        .contains(":9: user.bob.umask = 22: not three octal digits")
        .doesNotContain("secret");
  }
}
