package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session remembers from one command to the next, beside who is logged in. Confined to the
 * session's thread. As at the beginning after REIN (RFC 959 section 4.1.1).
 */
final class SessionState {
  /** Protection levels of data connections (RFC 2228 section 3). */
  enum Protection {
    CLEAR,
    PRIVATE
  }

  RepresentationType type = RepresentationType.ASCII;
  TransferMode mode = TransferMode.STREAM;
  int deflateLevel = 6;
  Protection protection = Protection.CLEAR;
  boolean hasBufferSize; // PBSZ has come
  RemotePath folder = RemotePath.ROOT;
  long restart; // the restart offset for the next transfer
  @Nullable Range range; // of the next RETR or HASH
  @Nullable RemotePath renaming; // what RNFR named
  boolean extendedPassiveOnly; // EPSV ALL has come
  Set<FactText.Fact> facts = EnumSet.allOf(FactText.Fact.class);
  Digests digest = Digests.SHA_256;

  /**
   * Bytes of a file.
   *
   * @param first from 0
   * @param last the last of them, not less than the first
   */
  record Range(long first, long last) {
    long length() {
      return last - first + 1;
    }
  }

  /** Another user has other files. */
  void leaveFiles() {
    folder = RemotePath.ROOT;
    renaming = null;
    endTransfer();
  }

  /** What holds for one transfer alone is used up. */
  void endTransfer() {
    restart = 0;
    range = null;
  }
}
