package dev.berth.server;

import dev.berth.session.Incoming;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** Another program that stores files until it is killed, and says how far it has come. */
final class StoreChild {
  static final int PIECES = 16;
  static final int PIECE = 16 << 10;

  private StoreChild() {}

  /**
   * Runs.
   *
   * @param arguments the home folder
   */
  public static void main(String[] arguments) throws Exception {
    Visit visit = Site.visit(Path.of(arguments[0]));
    for (int round = 0; ; round++) {
      store(visit, "/same", (byte) round, round);
      store(visit, "/new" + round, (byte) round, round);
    }
  }

  private static void store(Visit visit, String name, byte content, int round) throws Exception {
    byte[] bytes = new byte[PIECE];
    Arrays.fill(bytes, content);
    try (Incoming incoming = visit.store(Site.path(name), new StoreWay.Replace())) {
      for (int piece = 0; piece < PIECES; piece++) {
        incoming.bytes().write(ByteBuffer.wrap(bytes));
        System.out.println(round);
      }
      incoming.keep();
    }
  }
}
