package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a server lists: for machines and for people, and in which zone. */
final class ListingQuestions {
  private final FtpConnection connection;
  private final Answers answers;
  private final RemotePath folder;
  private final List<ListingEntry> small = new ArrayList<>();
  private boolean hasListed;

  ListingQuestions(FtpConnection connection, Answers answers, RemotePath folder) {
    this.connection = connection;
    this.answers = answers;
    this.folder = folder;
  }

  /** Asks; the answer is a small file, if the folder has one. */
  Optional<RemotePath> ask() throws IOException {
    answers.note(Fact.MLST, Examination.answer(this::oneFactLine));
    answers.note(Fact.MLSD, Examination.works(this::facts));
    answers.note(Fact.LIST, Examination.works(this::plain));
    answers.note(Fact.LIST_ZONE, zone());
    return small.stream().max(Examination.fitness()).map(entry -> folder.resolve(entry.name()));
  }

  /**
   * Whether a listing shows that the folder is there. LIST goes into it first; an empty MLSD is
   * what Apache FtpServer 1.2.1 says of a folder that is missing.
   */
  boolean hasListed() {
    return hasListed;
  }

  private Answer oneFactLine() throws IOException {
    Command command = Command.of("MLST", folder.value());
    return new Answer.Yes(connection.dialogue().complete(command).lines().size() + " lines");
  }

  private Answer facts() throws IOException {
    boolean isListed = connection.features().has("MLST") || connection.features().has("MLSD");
    if (!isListed) {
      return new Answer.No("FEAT does not list it");
    }
    Listing listing = connection.list(folder);
    hasListed = !listing.entries().isEmpty();
    listing.entries().stream().filter(Examination::isSmall).forEach(small::add);
    String facts = connection.features().parameters().getOrDefault("MLST", "");
    return new Answer.Yes(count(listing) + (facts.isEmpty() ? "" : "; facts " + facts));
  }

  private Answer plain() throws IOException {
    Listing listing = connection.listPlainly(folder);
    hasListed = true;
    listing.entries().stream().filter(Examination::isSmall).forEach(small::add);
    return new Answer.Yes(count(listing) + style(listing));
  }

  private static String count(Listing listing) {
    int bad = listing.unreadable().size();
    int good = listing.entries().size();
    return good
        + (good == 1 ? " entry" : " entries")
        + (bad == 0 ? "" : ", " + bad + " lines that cannot be read");
  }

  private static String style(Listing listing) {
    if (listing.entries().isEmpty()) {
      return "";
    }
    boolean isUnix =
        listing.entries().stream()
            .allMatch(entry -> entry.permissions().isPresent() && entry.owner().isPresent());
    return isUnix ? ", as ls writes it" : ", in a style of its own";
  }

  private Answer zone() {
    return connection
        .traits()
        .zone()
        .known()
        .<Answer>map(zone ->
            new Answer.Told(
                zone.getId().equals("Z") ? "UTC" : zone.getId(),
                connection.traits().zone().given().isPresent()
                    ? "as --server-zone says"
                    : "one file's listed time beside its MDTM"))
        .orElse(new Answer.Unknown("no file shows the time of day both in LIST and by MDTM"));
  }
}
