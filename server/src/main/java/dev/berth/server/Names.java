package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Names of single files, as clients say them ({@link Octets}) and as a file system has them.
 *
 * <p>On Unix a name is bytes, and a Path holds them; but its text is read in the charset of the
 * program's locale, and what is not of that charset is lost. A URI of it shows each byte.
 */
final class Names {
  /** What of a cut or running upload is there, in the folder of the file. */
  private static final String UPLOAD = ".berth-up-";

  /** Where new folders pass, at the top of a home. */
  static final String STAGING = ".berth-staging";

  private static final int MOST_BYTES = 255;
  private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL");
  private static final HexFormat HEX = HexFormat.of();

  private final FileSystem system;
  private final boolean isBytes; // its names are bytes, of which URIs can be made

  Names(FileSystem system) {
    this.system = system;
    this.isBytes =
        system.equals(FileSystems.getDefault())
            && system.supportedFileAttributeViews().contains("unix");
  }

  /**
   * A name as the file system has it.
   *
   * @throws Denial if it can have no such name, or it is one of the server's own
   */
  Path path(String name) throws Denial {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw notAllowed("That is no name of a file.");
    }
    if (isReserved(name)) {
      throw Denials.notFound();
    }
    return isAscii(name) ? plain(name) : encoded(name);
  }

  /** As {@link #path}, of what is to be made. */
  Path newPath(String name) throws Denial {
    if (isReserved(name)) {
      throw notAllowed("The server keeps that name for itself.");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw notAllowed("No control characters in names.");
    }
    return path(name);
  }

  private Path plain(String name) throws Denial {
    if (name.indexOf('\0') >= 0 || name.length() > MOST_BYTES) {
      throw notAllowed("No file can have that name here.");
    }
    if (!isBytes && (name.contains(system.getSeparator()) || isOfWindows(name))) {
      throw notAllowed("No file can have that name here.");
    }
    try {
      Path path = system.getPath(name);
      if (path.getNameCount() != 1 || path.isAbsolute() || !path.toString().equals(name)) {
        throw notAllowed("No file can have that name here.");
      }
      return path;
    } catch (InvalidPathException e) {
      throw notAllowed("No file can have that name here.");
    }
  }

  /** A drive or a stream behind a colon, a device, a dot or space at the end that goes lost. */
  private boolean isOfWindows(String name) {
    if (!system.getSeparator().equals("\\")) {
      return false;
    }
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toUpperCase(Locale.ROOT);
    return name.indexOf(':') >= 0
        || name.endsWith(".")
        || name.endsWith(" ")
        || DEVICES.contains(stem)
        || stem.matches("(COM|LPT)[0-9]");
  }

  private Path encoded(String name) throws Denial {
    if (!isBytes) {
      if (Octets.hasEscapes(name)) {
        throw notAllowed("Names must be UTF-8 here.");
      }
      return plain(name);
    }
    byte[] bytes;
    try {
      bytes = Octets.toBytes(name);
    } catch (IllegalArgumentException halfACharacter) {
      throw notAllowed("No file can have that name here.");
    }
    if (bytes.length > MOST_BYTES || name.indexOf('\0') >= 0) {
      throw notAllowed("No file can have that name here.");
    }
    StringBuilder uri = new StringBuilder("file:///");
    for (byte octet : bytes) {
      uri.append('%');
      HEX.toHexDigits(uri, octet);
    }
    return Path.of(URI.create(uri.toString())).getFileName();
  }

  /** The name of something that was found. */
  String text(Path found) {
    Path name = found.getFileName();
    String text = name.toString();
    if (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1); // Zip file systems have folders so.
    }
    return isAscii(text) || !isBytes ? text : decoded(name);
  }

  private static String decoded(Path name) {
    String uri = name.toUri().getRawPath();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    int begin = uri.lastIndexOf('/', end - 1) + 1;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - begin);
    for (int i = begin; i < end; i++) {
      if (uri.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(uri, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(uri.charAt(i));
      }
    }
    return Octets.toText(bytes.toByteArray());
  }

  /** Whether a name is one of the server's own; on some file systems case makes no difference. */
  static boolean isReserved(String name) {
    return name.regionMatches(true, 0, UPLOAD, 0, UPLOAD.length())
        || name.equalsIgnoreCase(STAGING);
  }

  /** Whether it is of an upload. */
  static boolean isPart(String name) {
    return name.startsWith(UPLOAD);
  }

  /** Whether a pathname can hold it, and so a client can ask for it. */
  static boolean canBeSaid(String name) {
    return name.chars().noneMatch(c -> c == '\r' || c == '\n' || c == '\0');
  }

  /** Under what name a file grows until it is whole; the same each time, so that it is found. */
  Path part(Path name) {
    UUID digest = UUID.nameUUIDFromBytes(Octets.toBytes(text(name)));
    return system.getPath(UPLOAD + digest);
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static Denial notAllowed(String text) {
    return new Denial(Denial.Reason.NAME_NOT_ALLOWED, text);
  }
}
