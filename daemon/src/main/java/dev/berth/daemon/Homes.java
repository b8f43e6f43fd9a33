package dev.berth.daemon;

import dev.berth.server.Account;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the home of an account: some look whether the folder is there. */
@FunctionalInterface
interface Homes {
  /** For who manages accounts, from a machine or as a user that need not see the folders. */
  Homes UNSEEN = Values::wholePath;

  /**
   * The folder.
   *
   * @param text a whole pathname
   * @throws IllegalArgumentException that says what is wrong with it
   */
  Path read(String text);

  /**
   * For a server: each has to be there.
   *
   * @param served the accounts of a server that runs. Their homes are not looked at: a disk that is
   *     away must not keep an operator from locking out a user of another
   */
  static Homes thereBesides(List<Account> served) {
    Set<Path> known = served.stream().map(Account::home).collect(Collectors.toSet());
    return text -> {
      Path home = Values.wholePath(text);
      return known.contains(home) ? home : there(home);
    };
  }

  /**
   * The folder again, if this process can walk it.
   *
   * @throws IllegalArgumentException if not
   */
  static Path there(Path home) {
    // As the server will; nothing is listed.
    try (DirectoryStream<Path> _ = Files.newDirectoryStream(home)) {
      if (!Files.isExecutable(home)) {
        throw new AccessDeniedException(home.toString());
      }
      return home;
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new IllegalArgumentException("no folder is there", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(FileFaults.reason(e), e);
    }
  }
}
