package dev.berth.transfer;

import dev.berth.client.FileHash;
import dev.berth.client.FtpConnection;
import dev.berth.client.LocalException;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Compares what arrived with what was sent, beyond its size. One for a job; any thread may call it.
 */
final class Verification {
  private final Verify how;
  private final Ledger ledger;
  private final AtomicBoolean isSaid = new AtomicBoolean();

  Verification(Verify how, Ledger ledger) {
    this.how = how;
    this.ledger = ledger;
  }

  /** Whether nothing is asked of the server beyond sizes. */
  boolean isBySize() {
    return how == Verify.SIZE;
  }

  /**
   * Sees that a file on the server and one here are the same.
   *
   * @param here open for reading
   * @throws VerificationException if they are not
   * @throws IOException if the connection failed, or the file here cannot be read
   */
  void require(FtpConnection connection, RemotePath there, FileChannel here) throws IOException {
    switch (how) {
      case SIZE -> {}
      case HASH -> requireSameHash(connection, there, here);
      case FULL -> requireSameBytes(connection, there, here);
    }
  }

  private void requireSameHash(FtpConnection connection, RemotePath there, FileChannel here)
      throws IOException {
    Optional<FileHash> told = connection.hash(there, here.size());
    if (told.isEmpty()) {
      if (isSaid.compareAndSet(false, true)) {
        ledger.note(
            connection.tellsHashes()
                ? "the server did not tell a hash of " + there + ": comparing all bytes instead"
                : "the server tells no hashes: comparing all bytes instead");
      }
      requireSameBytes(connection, there, here);
      return;
    }
    String own = told.get().algorithm().of(here.position(0));
    if (!own.equals(told.get().hex())) {
      throw new VerificationException(
          "the server tells " + told.get() + " of it, the file here has " + own);
    }
  }

  private void requireSameBytes(FtpConnection connection, RemotePath there, FileChannel here)
      throws IOException {
    ComparingChannel compared = new ComparingChannel(here, 0, ledger);
    try {
      connection.beginRetrieve(there, 0).run(compared);
    } catch (LocalException e) {
      if (e.getCause() instanceof ComparingChannel.Differs differs) {
        throw new VerificationException("retrieved for comparison, " + differs.getMessage());
      }
      throw e;
    }
    if (compared.position() != here.size()) {
      throw new VerificationException(
          "retrieved for comparison, it has "
              + compared.position()
              + " bytes, the file here "
              + here.size());
    }
  }
}
