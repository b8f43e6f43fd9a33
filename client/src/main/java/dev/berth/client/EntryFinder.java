package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.dialects.ListingParser;
import dev.berth.wire.Command;
import dev.berth.wire.NameCoding;
import dev.berth.wire.Octets;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells what stands at one pathname, by the best means that the server has. Confined to the
 * connection's thread.
 */
final class EntryFinder {
  private final FtpConnection connection;
  private final Dialogue dialogue;

  EntryFinder(FtpConnection connection) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
  }

  /**
   * Finds what a user typed. Until names of the server are seen, it is written in UTF-8; if nothing
   * is found so, the names beside it tell how it is to be written.
   */
  Optional<ListingEntry> findAsTyped(RemotePath path) throws IOException {
    NameCoding first = connection.traits().names().coding();
    Optional<ListingEntry> found = find(path);
    if (found.isPresent()) {
      connection.traits().names().foundAs(path.value());
      return found;
    }
    boolean mayLook =
        !isAscii(path.value())
            && !Octets.hasEscapes(path.value())
            && connection.traits().names().mayLook();
    return mayLook && sawOtherNames(path, first) ? find(path) : found;
  }

  private boolean sawOtherNames(RemotePath path, NameCoding first) throws IOException {
    RemotePath folder = path;
    String typed = path.name();
    while (!isAscii(folder.value())) {
      typed = folder.name();
      folder = folder.parent();
    }
    List<String> names = new ArrayList<>();
    try {
      connection.list(folder).entries().forEach(entry -> names.add(entry.name()));
    } catch (ReplyException | FolderUnreadable unreadable) {
      return false;
    }
    connection.traits().names().lookedFor(typed, names);
    return !connection.traits().names().coding().equals(first);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  Optional<ListingEntry> find(RemotePath path) throws IOException {
    if (path.equals(RemotePath.ROOT)) {
      return Optional.of(ListingEntry.named("/", ListingEntry.Type.FOLDER).build());
    }
    return connection.features().has("MLST") ? byFacts(path) : byCommands(path);
  }

  private Optional<ListingEntry> byFacts(RemotePath path) throws IOException {
    Command mlst = Command.of("MLST", path.value());
    Reply reply = dialogue.exchange(mlst);
    if (!reply.isCompletion()) {
      return nothing(mlst, reply);
    }
    ListingParser parser = ListingParser.ofFacts(ListingParser.Form.MLST);
    for (String line : factLines(reply)) {
      if (line.contains("=") && parser.parse(line) instanceof ListingLine.Entry found) {
        return Optional.of(named(path.name(), found.entry()));
      }
    }
    return byCommands(path);
  }

  /**
   * What stands between the first line and the last (RFC 3659 section 7.2); the one line, if so.
   */
  private static List<String> factLines(Reply reply) {
    List<String> lines = reply.lines();
    return lines.size() < 3 ? lines : lines.subList(1, lines.size() - 1);
  }

  /** MLST tells a whole pathname, in the server's own form (RFC 3659 section 7.4). */
  private static ListingEntry named(String name, ListingEntry entry) {
    ListingEntry.Builder renamed = ListingEntry.named(name, entry.type());
    entry.sizeBytes().ifPresent(renamed::size);
    entry.modified().ifPresent(renamed::modified);
    entry.permissions().ifPresent(renamed::permissions);
    entry.owner().ifPresent(renamed::owner);
    entry.group().ifPresent(renamed::group);
    entry.target().ifPresent(renamed::target);
    return renamed.build();
  }

  /**
   * A folder can be entered, a file has a size; whatever else there is stands in its folder's
   * listing.
   */
  private Optional<ListingEntry> byCommands(RemotePath path) throws IOException {
    OptionalLong size = connection.size(path);
    if (size.isPresent()) {
      ListingEntry.Builder file =
          ListingEntry.named(path.name(), ListingEntry.Type.FILE).size(size.getAsLong());
      connection.attributes().modified(path).ifPresent(file::modified);
      return Optional.of(file.build());
    }
    if (dialogue.exchange(Command.of("CWD", path.value())).isCompletion()) {
      return Optional.of(ListingEntry.named(path.name(), ListingEntry.Type.FOLDER).build());
    }
    try {
      return connection.list(path.parent()).entries().stream()
          .filter(entry -> entry.name().equals(path.name()))
          .findFirst();
    } catch (FolderUnreadable e) {
      return Optional.empty();
    } catch (ReplyException e) {
      return nothing(e.command(), e.reply());
    }
  }

  private Optional<ListingEntry> nothing(Command command, Reply reply) throws ReplyException {
    if (reply.isPermanentNegative()) {
      return Optional.empty();
    }
    throw dialogue.refused(command, reply);
  }
}
