package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Tells what stands at one place of the server. */
final class Telling implements Task {
  private final RemoteLocation place;
  private final BiConsumer<RemotePath, ListingEntry> found;
  private final Ledger ledger;

  Telling(RemoteLocation place, BiConsumer<RemotePath, ListingEntry> found, Ledger ledger) {
    this.place = place;
    this.found = found;
    this.ledger = ledger;
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    RemotePath path = place.in(connection.loginFolder());
    Optional<ListingEntry> entry = Look.at(connection, path);
    if (entry.isEmpty()) {
      ledger.failed(path.toString(), "", Cause.SERVER, Words.MISSING);
      return;
    }
    ledger.planned(1, 0);
    found.accept(path, entry.get());
  }

  @Override
  public void failed(Cause cause, String reason) {
    ledger.failed(Words.of(place), "", cause, reason);
  }
}
