package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.ReplyException;
import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Optional;

/** Looks closer at what stands at a pathname than the quickest command does. */
final class Look {
  private Look() {}

  /**
   * All that the server tells of an entry. Where it has no MLST, its quick answers know neither
   * permissions nor owners, and take a link for what it leads to: the listing of its folder knows.
   */
  static Optional<ListingEntry> at(FtpConnection connection, RemotePath path) throws IOException {
    Optional<ListingEntry> found = connection.find(path);
    boolean suffices =
        found.isEmpty() || found.get().permissions().isPresent() || path.equals(RemotePath.ROOT);
    return suffices
        ? found
        : listed(connection, path).map(entry -> together(entry, found.get())).or(() -> found);
  }

  private static Optional<ListingEntry> listed(FtpConnection connection, RemotePath path)
      throws IOException {
    try {
      return connection.list(path.parent()).entries().stream()
          .filter(entry -> entry.name().equals(path.name()))
          .findFirst();
    } catch (ReplyException e) {
      if (!Verdict.isAnswer(e)) {
        throw e;
      }
      return Optional.empty(); // A folder that may be entered and not be read.
    }
  }

  /** MDTM tells seconds where a listing tells minutes; of a link, both tell different things. */
  private static ListingEntry together(ListingEntry listed, ListingEntry found) {
    if (listed.type() != found.type()) {
      return listed;
    }
    ListingEntry.Builder both = ListingEntry.named(listed.name(), listed.type());
    listed.sizeBytes().ifPresent(both::size);
    found.modified().or(listed::modified).ifPresent(both::modified);
    listed.permissions().ifPresent(both::permissions);
    listed.owner().ifPresent(both::owner);
    listed.group().ifPresent(both::group);
    listed.target().ifPresent(both::target);
    return both.build();
  }

  /** Whether the server shows a folder there. */
  static boolean isFolder(FtpConnection connection, RemotePath path) throws IOException {
    return connection
        .find(path)
        .filter(entry -> entry.type() == ListingEntry.Type.FOLDER)
        .isPresent();
  }

  /** Whether there is a folder, or a link to one. */
  static boolean findsFolder(FtpConnection connection, RemotePath path) throws IOException {
    Optional<ListingEntry.Type> type = connection.find(path).map(ListingEntry::type);
    return type.equals(Optional.of(ListingEntry.Type.LINK))
        ? connection
            .find(path.resolve("."))
            .map(ListingEntry::type)
            .equals(Optional.of(ListingEntry.Type.FOLDER))
        : type.equals(Optional.of(ListingEntry.Type.FOLDER));
  }
}
