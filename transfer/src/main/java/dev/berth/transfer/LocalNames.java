package dev.berth.transfer;

import dev.berth.wire.Octets;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Turns names that a server sent into local ones, if they are names: nothing that a server says
 * leaves the folder it is to stand in.
 */
final class LocalNames {
  private static final boolean IS_WINDOWS = File.separatorChar == '\\';

  /** Devices in every folder of Windows, with whatever comes after a dot. */
  private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL");

  private LocalNames() {}

  /**
   * The place of a pathname below a local folder, as {@link #place}.
   *
   * @param relative names with {@code /} between them
   */
  static Optional<Path> placeOf(Path top, String relative) {
    Optional<Path> place = Optional.of(top);
    for (String name : relative.split("/", -1)) {
      place = place.flatMap(folder -> place(folder, name));
    }
    return place;
  }

  /**
   * The place of a name in a local folder; nothing for a name that is none, or that this file
   * system cannot have.
   *
   * @param name as the server listed it
   */
  static Optional<Path> place(Path folder, String name) {
    String local = Octets.latin(name);
    if (!isName(local) || (IS_WINDOWS && isReservedOnWindows(local))) {
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

  /**
   * Whether Windows takes a name for another one: a device, or the name without the dots and spaces
   * at its end. What it refuses by itself is not judged here.
   */
  static boolean isReservedOnWindows(String name) {
    if (name.endsWith(".") || name.endsWith(" ") || name.indexOf(':') >= 0) {
      return true;
    }
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toUpperCase(Locale.ROOT);
    boolean isPort =
        stem.length() == 4
            && (stem.startsWith("COM") || stem.startsWith("LPT"))
            && "0123456789\u00b9\u00b2\u00b3".indexOf(stem.charAt(3)) >= 0;
    return isPort || DEVICES.contains(stem);
  }

  /** Whether a text is one name, and not a way to another place. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && !text.equals(".")
        && !text.equals("..")
        && text.chars().noneMatch(c -> c == '/' || c == '\0' || c == '\r' || c == '\n');
  }
}
