package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a link on a server leads to. */
final class LinkEnd {
  private LinkEnd() {}

  /**
   * A folder's entries, links with their targets as far as the server tells them: MLSD of ProFTPD
   * does not, LIST does.
   */
  static List<ListingEntry> withTargets(
      FtpConnection connection, RemotePath folder, List<ListingEntry> entries) throws IOException {
    boolean isComplete =
        entries.stream().noneMatch(entry -> isLink(entry) && entry.target().isEmpty());
    if (isComplete) {
      return entries;
    }
    Map<String, ListingEntry> plain = new HashMap<>();
    connection.listPlainly(folder).entries().stream()
        .filter(LinkEnd::isLink)
        .forEach(entry -> plain.put(entry.name(), entry));
    return entries.stream()
        .map(entry -> isLink(entry) ? plain.getOrDefault(entry.name(), entry) : entry)
        .toList();
  }

  private static boolean isLink(ListingEntry entry) {
    return entry.type() == ListingEntry.Type.LINK;
  }

  /**
   * What the server shows behind a link: a file with its own size and time, or a folder; nothing if
   * it leads nowhere, or to a thing of another kind.
   *
   * <p>MLST is not believed: that of ProFTPD calls a link to a file a file, and tells the size of
   * the link. SIZE and MDTM go through it.
   */
  static Optional<ListingEntry> find(FtpConnection connection, RemotePath link) throws IOException {
    if (Look.isFolder(connection, link.resolve("."))) {
      return Optional.of(ListingEntry.named(link.name(), ListingEntry.Type.FOLDER).build());
    }
    OptionalLong size = connection.size(link);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    ListingEntry.Builder file =
        ListingEntry.named(link.name(), ListingEntry.Type.FILE).size(size.getAsLong());
    connection.attributes().modified(link).ifPresent(file::modified);
    return Optional.of(file.build());
  }

  /**
   * Whether a link, by the target that the listing tells, leads to its own folder or one above. A
   * server that does not tell the target may lead us in circles; how many is bounded elsewhere.
   */
  static boolean leadsBack(RemotePath folder, ListingEntry link) {
    String here = folder.value();
    return link.target()
        .map(target -> steps(here, target))
        .filter(end -> end.equals("/") || end.equals(here) || here.startsWith(end + "/"))
        .isPresent();
  }

  /** Not a pathname that a command can carry: a hostile server's target may hold NUL or CR. */
  private static String steps(String folder, String target) {
    String whole = target.startsWith("/") ? target : folder + "/" + target;
    Deque<String> names = new ArrayDeque<>();
    for (String step : whole.split("/", -1)) {
      if (step.equals("..")) {
        names.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        names.addLast(step);
      }
    }
    return "/" + String.join("/", names);
  }
}
