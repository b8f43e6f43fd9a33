package dev.berth.cli;

import dev.berth.client.Secret;
import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the password that an account of ours is to have: the first line of a file, {@code
 * BERTH_PASSWORD}, or what is typed twice. Confined to one thread.
 */
final class NewPassword {
  private static final int LONGEST = 4096;

  private final Surroundings surroundings;

  NewPassword(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Finds it.
   *
   * @param file what {@code --password-file} names, if anything; a hyphen for standard input
   * @throws UsageException when there is none, or two that differ
   */
  Secret find(String user, Optional<String> file) throws IOException {
    try {
      if (file.isPresent()) {
        return new Secret(Octets.toText(firstLine(file.get(), surroundings.in())));
      }
      Optional<String> variable = surroundings.variable("BERTH_PASSWORD");
      return variable.isPresent() ? new Secret(variable.get()) : typed(user);
    } catch (IllegalArgumentException e) {
      throw new UsageException("this cannot be a password: " + Failures.reason(e));
    }
  }

  private Secret typed(String user) {
    Optional<Secret> first =
        surroundings.prompt().ask("New password for " + Shown.line(user) + ": ");
    if (first.isEmpty()) {
      throw new UsageException(
          "no password for "
              + Shown.line(user)
              + ": BERTH_PASSWORD is not set, and there is no terminal to ask on. Write it into a"
              + " file and name that: --password-file FILE");
    }
    if (first.get().reveal().isEmpty()) {
      throw new UsageException("an empty password is none");
    }
    Optional<Secret> second = surroundings.prompt().ask("The same again: ");
    if (!first.equals(second)) {
      throw new UsageException("the two passwords differ; nothing was changed");
    }
    return first.get();
  }

  /**
   * The first line of a file, or of standard input for a hyphen.
   *
   * @throws UsageException when it is empty or too long
   */
  static byte[] firstLine(String name, InputStream standardInput) throws IOException {
    byte[] line;
    if (name.equals("-")) {
      line = firstLine(standardInput);
    } else {
      try (InputStream in = Files.newInputStream(Path.of(name))) {
        line = firstLine(in);
      }
    }
    if (line.length == 0) {
      throw new UsageException(
          "--password-file " + name + ": the first line is empty; the password has to stand there");
    }
    return line;
  }

  private static byte[] firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      if (line.size() == LONGEST) {
        throw new UsageException("--password-file: the first line is longer than 4096 bytes");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toByteArray();
  }
}
