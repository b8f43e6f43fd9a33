package dev.berth.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that listings may take while they are read, all connections to a server together: a
 * server can send lines without end, and on many connections at once. Any thread may call it.
 */
final class ListingRoom {
  /**
   * What a line costs beside its bytes, as text and as an entry. On JDK 25, of 200,000 lines each:
   * 445 in the style of {@code ls} (71 bytes a line), 371 of MLSD (103), 320 in that of MS-DOS
   * (54); the rest is room for owners, links and long names.
   */
  private static final int BYTES_PER_LINE = 600;

  /** The line as text, its name as another one; in 16 bits a character if need be. */
  private static final int COPIES = 4;

  private static final int SHARE_OF_THE_HEAP = 5;

  private final AtomicLong taken = new AtomicLong();
  private final long most;

  /**
   * Some room.
   *
   * @param most in bytes
   */
  ListingRoom(long most) {
    this.most = most;
  }

  /** A fifth of what this program may use. */
  static ListingRoom ofThisProgram() {
    return new ListingRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP);
  }

  /**
   * Takes the room of one line.
   *
   * @param length in bytes, as it was sent
   * @return how much to give back once nobody needs the line any more
   * @throws ListingTooLarge if there is none left; nothing was taken then
   */
  long take(int length) throws ListingTooLarge {
    long cost = BYTES_PER_LINE + (long) COPIES * length;
    if (taken.addAndGet(cost) > most) {
      taken.addAndGet(-cost);
      throw new ListingTooLarge(
          "the listing is longer than memory is left for it (" + most / 1024 + " KiB at the most)");
    }
    return cost;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
