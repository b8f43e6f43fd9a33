package dev.berth.transfer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names under which files grow until they are whole: hidden, short, and of a form that mirrors
 * pass over.
 */
final class TemporaryName {
  private static final String START = ".berth-";
  private static final String END = ".part";

  private TemporaryName() {}

  /** The same for the same final name, so that a later run finds what an earlier one left. */
  static String of(String finalName) {
    UUID digest = UUID.nameUUIDFromBytes(finalName.getBytes(StandardCharsets.UTF_16BE));
    return START + digest + END;
  }

  /** Another one each time: on a server nobody can lock a name. */
  static String random() {
    return START + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12) + END;
  }

  static boolean is(String name) {
    return name.startsWith(START) && name.endsWith(END);
  }
}
