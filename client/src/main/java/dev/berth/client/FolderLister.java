package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.dialects.ListingParser;
import dev.berth.dialects.Modified;
import dev.berth.wire.Command;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists folders by MLSD where the server has it, else by LIST. Confined to the connection's thread.
 */
final class FolderLister {
  /** Zones differ from UTC by multiples of this. */
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static final Duration WIDEST_ZONE = Duration.ofHours(14);

  private final FtpConnection connection;
  private final ServerTraits traits;

  FolderLister(FtpConnection connection) {
    this.connection = connection;
    this.traits = connection.traits();
  }

  Listing list(RemotePath folder) throws IOException {
    if (connection.features().has("MLST") || connection.features().has("MLSD")) {
      return parsed(factLines(folder), ListingParser.ofFacts(ListingParser.Form.MLSD));
    }
    return listPlainly(folder);
  }

  Listing listPlainly(RemotePath folder) throws IOException {
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
    Optional<ZoneOffset> known = traits.listingZone();
    Listing listing = parsed(lines, parser(now, known.orElse(ZoneOffset.UTC)));
    if (known.isPresent()) {
      return listing;
    }
    zone(folder, listing).ifPresent(traits::listsTimesOf);
    ZoneOffset zone = traits.rememberedZone().orElse(ZoneOffset.UTC);
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
    LineSplitter splitter = new LineSplitter(lines::add);
    try {
      connection.take(command, splitter);
      splitter.finish();
    } catch (LocalException e) {
      if (e.getCause() instanceof ProtocolException tooMuch) {
        throw tooMuch;
      }
      throw e;
    }
    return lines;
  }

  private static ListingParser parser(Instant now, ZoneOffset zone) {
    return new ListingParser(ListingParser.Form.LIST, now, zone);
  }

  private static Listing parsed(List<String> lines, ListingParser parser) {
    List<ListingEntry> entries = new ArrayList<>();
    List<ListingLine.Unreadable> unreadable = new ArrayList<>();
    for (ListingLine line : parser.parse(lines)) {
      switch (line) {
        case ListingLine.Entry entry -> entries.add(entry.entry());
        case ListingLine.Unreadable damaged -> unreadable.add(damaged);
        case ListingLine.Ignored ignored -> {}
        case ListingLine.OtherFolder other -> {
          // What follows is in folders within this one, which are listed when their turn comes.
          return new Listing(entries, unreadable);
        }
      }
    }
    return new Listing(entries, unreadable);
  }

  /** Compares one file's listed time with its MDTM, which is UTC (RFC 3659 section 3). */
  private Optional<ZoneOffset> zone(RemotePath folder, Listing listing) throws IOException {
    for (ListingEntry entry : listing.entries()) {
      Optional<Modified> listed = entry.modified();
      boolean tells =
          entry.type() == ListingEntry.Type.FILE
              && listed.isPresent()
              && listed.get().basis() == Modified.Basis.ASSUMED
              && listed.get().precision() != Modified.Precision.DAY;
      if (tells) {
        return new EntryFinder(connection)
            .modified(folder.resolve(entry.name()))
            .flatMap(utc -> zone(Duration.between(utc, listed.get().earliest())));
      }
    }
    return Optional.empty();
  }

  private static Optional<ZoneOffset> zone(Duration ahead) {
    // A listed minute is cut off, so the difference lies up to a minute below the true one.
    long quarters =
        Math.floorDiv(ahead.plus(QUARTER.dividedBy(2)).toSeconds(), QUARTER.toSeconds());
    Duration offset = QUARTER.multipliedBy(quarters);
    return offset.abs().compareTo(WIDEST_ZONE) > 0
        ? Optional.empty()
        : Optional.of(ZoneOffset.ofTotalSeconds((int) offset.toSeconds()));
  }
}
