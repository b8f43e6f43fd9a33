package dev.berth.simulator;

import dev.berth.dialects.ServerSoftware;
import dev.berth.session.Manner.Early;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How another server speaks: its texts, codes and phases, read from a table with its sources.
 * Immutable.
 */
public final class Mask {
  /** When a limit is told. */
  enum Stage {
    /** In place of the greeting; connections count. */
    ACCEPT,
    /** In place of the 331; logins count. */
    USER,
    /** Once the password was right; logins count. */
    PASSWORD
  }

  private static final List<String> NAMES =
      List.of(
          "vsftpd",
          "proftpd",
          "pure-ftpd",
          "pyftpdlib",
          "apache",
          "filezilla",
          "iis",
          "serv-u",
          "sftpgo");

  private final String name;
  private final MaskFile file;

  private Mask(String name, MaskFile file) {
    this.name = name;
    this.file = file;
  }

  /** All masks there are. */
  public static List<Mask> all() {
    return NAMES.stream().map(Mask::load).toList();
  }

  /** The names of all. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A mask by its name.
   *
   * @param name in lower case, as {@code vsftpd}
   * @return nothing if there is none
   */
  public static Optional<Mask> named(String name) {
    return NAMES.contains(name) ? Optional.of(load(name)) : Optional.empty();
  }

  private static Mask load(String name) {
    try (InputStream in = Mask.class.getResourceAsStream(name + ".mask")) {
      if (in == null) {
        throw new IllegalStateException("the mask " + name + " is missing in this program");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Mask(name, MaskFile.read(name, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code vsftpd}. */
  public String name() {
    return name;
  }

  /** The server and its version: {@code vsftpd 3.0.3}. */
  public String server() {
    return file.value("server");
  }

  /** Where the table is from, in words. */
  public String source() {
    return file.value("source");
  }

  /** The family by which clients know it. */
  public ServerSoftware software() {
    return ServerSoftware.valueOf(file.value("software"));
  }

  Stage stage() {
    return Stage.valueOf(file.value("limit-at"));
  }

  /** What becomes of commands that come while a transfer runs. */
  Early early() {
    return Early.valueOf(file.value("early"));
  }

  MaskFile file() {
    return file;
  }

  @Override
  public String toString() {
    return name;
  }
}
