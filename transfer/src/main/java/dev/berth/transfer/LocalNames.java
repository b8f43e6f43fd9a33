package dev.berth.transfer;

import dev.berth.wire.Octets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Turns names that a server sent into local ones, if they are names: nothing that a server says
 * leaves the folder it is to stand in.
 */
final class LocalNames {
  private LocalNames() {}

  /**
   * The place of a name in a local folder; nothing for a name that is none, or that this file
   * system cannot have.
   *
   * @param name as the server listed it
   */
  static Optional<Path> place(Path folder, String name) {
    String local = Octets.latin(name);
    if (!isName(local)) {
      return Optional.empty();
    }
    try {
      Path place = folder.resolve(local);
      boolean stays = place.getNameCount() == folder.getNameCount() + 1 && place.startsWith(folder);
      return stays && place.endsWith(local) ? Optional.of(place) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether a text is one name, and not a way to another place. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && !text.equals(".")
        && !text.equals("..")
        && text.chars().noneMatch(c -> c == '/' || c == '\0' || c == '\r' || c == '\n');
  }
}
