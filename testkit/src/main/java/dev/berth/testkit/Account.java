package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account that every test server knows. vsftpd asks the system for it (testkit/install-peers
 * makes it), the others are given it by their launcher; ProFTPD, Pure-FTPd and pyftpdlib a second
 * one, too.
 */
public final class Account {
  /** The user's name. */
  public static final String USER = "berthtest";

  /** The user's password. */
  public static final String PASSWORD = "berthtest";

  /** The second user's name. */
  public static final String SECOND_USER = "berthsecond";

  /** The second user's password. */
  public static final String SECOND_PASSWORD = "secondtest";

  /** MD5-crypt of {@link #SECOND_PASSWORD}. */
  static final String SECOND_PASSWORD_HASH = "$1$berthkit$S/BkBcwGwA9otzM7xC1hg0";

  /** MD5-crypt of {@link #PASSWORD}: cheap on purpose, so that a login does not cost 50 ms. */
  static final String PASSWORD_HASH = "$1$berthkit$5P/owyraaUIEjkcW0i2rz.";

  /** The PAM service made for vsftpd. */
  static final String PAM_SERVICE = USER;

  private Account() {}

  /** The system's user and group number of the account, when it is there. */
  record Numbers(int user, int group) {}

  static Optional<Numbers> numbers() {
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(fields -> fields[0].equals(USER))
          .map(fields -> new Numbers(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * Gives a tree to the account, so that servers that change to it may write there. Does nothing
   * where we are not root: there every server runs as ourselves.
   *
   * @throws IOException when the owner cannot be changed
   */
  static void own(Path tree) throws IOException {
    if (!isRoot() || numbers().isEmpty()) {
      return;
    }
    UserPrincipal user =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(USER);
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return give(folder);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return give(file);
          }

          private FileVisitResult give(Path path) throws IOException {
            Files.getFileAttributeView(
                    path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(user);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
