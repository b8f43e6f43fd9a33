package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.dialects.ListingParser;
import dev.berth.dialects.ListingZone;
import dev.berth.dialects.Modified;
import dev.berth.wire.Command;
import dev.berth.wire.NameCoding;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lists folders by MLSD where the server has it, else by LIST. Confined to the connection's thread,
 * used once.
 */
final class FolderLister {
  private final FtpConnection connection;
  private final ServerTraits traits;
  private final List<LineSplitter> read = new ArrayList<>();

  FolderLister(FtpConnection connection) {
    this.connection = connection;
    this.traits = connection.traits();
  }

  Listing list(RemotePath folder) throws IOException {
    try {
      return listByBestMeans(folder);
    } finally {
      read.forEach(LineSplitter::close);
    }
  }

  private Listing listByBestMeans(RemotePath folder) throws IOException {
    if (connection.features().has("MLST") || connection.features().has("MLSD")) {
      return parsed(factLines(folder), ListingParser.ofFacts(ListingParser.Form.MLSD));
    }
    return listWithoutFacts(folder);
  }

  Listing listPlainly(RemotePath folder) throws IOException {
    try {
      return listWithoutFacts(folder);
    } finally {
      read.forEach(LineSplitter::close);
    }
  }

  private Listing listWithoutFacts(RemotePath folder) throws IOException {
    // LIST with a pathname is read as an option where it begins with a hyphen, and as a pattern
    // where it holds one: without, it lists the working folder and nothing else.
    connection.dialogue().complete(Command.of("CWD", folder.value()));
    return listWorkingFolder(folder);
  }

  private List<String> factLines(RemotePath folder) throws IOException {
    if (!looksLikeAPattern(folder)) {
      return lines(Command.of("MLSD", folder.value()));
    }
    connection.dialogue().complete(Command.of("CWD", folder.value()));
    return lines(Command.of("MLSD"));
  }

  /** Apache FtpServer refuses an MLSD of such a pathname (501); the folder itself it enters. */
  private static boolean looksLikeAPattern(RemotePath folder) {
    return folder.value().chars().anyMatch(c -> c == '?' || c == '*' || c == '[');
  }

  private Listing listWorkingFolder(RemotePath folder) throws IOException {
    List<String> lines = listLines();
    Instant now = Instant.now();
    Optional<ZoneId> known = traits.zone().certain();
    Listing listing = parsed(lines, parser(now, known.orElse(ZoneOffset.UTC)));
    if (known.isPresent()) {
      return listing;
    }
    zone(folder, listing).ifPresent(traits.zone()::found);
    ZoneId zone = traits.zone().known().orElse(ZoneOffset.UTC);
    return zone.equals(ZoneOffset.UTC) ? listing : parsed(lines, parser(now, zone));
  }

  /**
   * The lines of LIST with the option that shows dot files, where the server takes it. That it does
   * not is believed only when LIST alone lists more: else the folder is empty, or may not be read.
   */
  private List<String> listLines() throws IOException {
    if (!traits.takesListOption()) {
      return lines(Command.of("LIST"));
    }
    List<String> all = linesUnlessRefused(Command.of("LIST", "-a"));
    if (!all.isEmpty()) {
      return all;
    }
    List<String> plain = lines(Command.of("LIST"));
    if (!plain.isEmpty()) {
      traits.withoutListOption();
    }
    return plain;
  }

  private List<String> linesUnlessRefused(Command command) throws IOException {
    try {
      return lines(command);
    } catch (ReplyException e) {
      if (!e.reply().isPermanentNegative()) {
        throw e;
      }
      return List.of();
    }
  }

  private List<String> lines(Command command) throws IOException {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = new LineSplitter(connection.listings(), lines::add);
    read.add(splitter);
    try {
      FolderUnreadable.throwIfTold(command, connection.transfers().take(command, splitter));
      splitter.finish();
    } catch (LocalException e) {
      if (e.getCause() instanceof ListingTooLarge tooMuch) {
        throw tooMuch;
      }
      throw e;
    }
    return lines;
  }

  private static ListingParser parser(Instant now, ZoneId zone) {
    return new ListingParser(ListingParser.Form.LIST, now, zone);
  }

  private Listing parsed(List<String> lines, ListingParser parser) {
    List<ListingEntry> entries = new ArrayList<>();
    List<ListingLine.Unreadable> unreadable = new ArrayList<>();
    for (ListingLine line : parser.parse(lines)) {
      switch (line) {
        case ListingLine.Entry entry -> entries.add(entry.entry());
        case ListingLine.Unreadable damaged -> unreadable.add(damaged);
        case ListingLine.Ignored ignored -> {}
        case ListingLine.OtherFolder other -> {
          // What follows is in folders within this one, which are listed when their turn comes.
          return new Listing(named(entries), unreadable);
        }
      }
    }
    return new Listing(named(entries), unreadable);
  }

  /** The entries with their names as people read them. */
  private List<ListingEntry> named(List<ListingEntry> entries) {
    NameCoding coding = traits.names().saw(entries.stream().map(ListingEntry::name).toList());
    return entries.stream().map(entry -> entry.withNames(coding::read)).toList();
  }

  /**
   * Compares the listed times of two files with their MDTM: the oldest and the newest, as they are
   * the likeliest to lie on both sides of a change of the clock.
   */
  private Optional<ZoneId> zone(RemotePath folder, Listing listing) throws IOException {
    List<ListingEntry> telling =
        listing.entries().stream()
            .filter(FolderLister::tellsZone)
            .sorted(Comparator.comparing(entry -> entry.modified().orElseThrow().earliest()))
            .toList();
    if (telling.isEmpty() || !traits.zone().mayLook()) {
      return Optional.empty();
    }
    List<ListingZone.Sample> samples = new ArrayList<>();
    for (ListingEntry entry : oldestAndNewest(telling)) {
      LocalDateTime listed = entry.modified().orElseThrow().time().toLocalDateTime();
      connection
          .attributes()
          .modified(folder.resolve(entry.name()))
          .ifPresent(utc -> samples.add(new ListingZone.Sample(utc.earliest(), listed)));
    }
    return ListingZone.of(samples, ZoneId.systemDefault());
  }

  private static List<ListingEntry> oldestAndNewest(List<ListingEntry> sorted) {
    return sorted.size() == 1 ? sorted : List.of(sorted.getFirst(), sorted.getLast());
  }

  private static boolean tellsZone(ListingEntry entry) {
    return entry.type() == ListingEntry.Type.FILE
        && entry
            .modified()
            .filter(time ->
                time.basis() == Modified.Basis.ASSUMED
                    && time.precision() != Modified.Precision.DAY)
            .isPresent();
  }
}
