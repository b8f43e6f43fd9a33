package dev.berth.dialects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What one line tells of its entry, as far as it has been read. Confined to the reading of one
 * line.
 */
final class EntryDraft {
  private final String line;
  private final String name;
  private final ListingEntry.Type type;
  private final List<Consumer<ListingEntry.Builder>> facts = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private String target = "";

  /**
   * Starts with the name.
   *
   * @param line the whole line, for the report if it cannot be read
   * @param name of any length, even empty
   */
  EntryDraft(String line, String name, ListingEntry.Type type) {
    this.line = line;
    this.name = name;
    this.type = type;
  }

  /** Where a link points to; nothing if the text is empty. */
  EntryDraft target(String text) {
    target = text;
    return this;
  }

  /** The size in bytes: digits, perhaps with separators between thousands. */
  EntryDraft size(String text) {
    OptionalLong size = ListingNumber.grouped(text);
    if (size.isPresent()) {
      facts.add(entry -> entry.size(size.getAsLong()));
      return this;
    }
    return doubt("not a size: " + text);
  }

  /**
   * The time of the last change.
   *
   * @param text what was read as that time, for the doubt where there is none
   */
  EntryDraft modified(Optional<Modified> time, String text) {
    if (time.isPresent()) {
      facts.add(entry -> entry.modified(time.get()));
      return this;
    }
    return doubt("not a date and time: " + text);
  }

  /** The date that {@link UnixDate} found. */
  EntryDraft modified(UnixDate.Anchor anchor) {
    return switch (anchor) {
      case UnixDate.Anchor.Known known -> modified(Optional.of(known.modified()), "");
      case UnixDate.Anchor.Doubtful doubtful -> doubt(doubtful.why());
    };
  }

  /** The nine letters of {@code ls}. */
  EntryDraft permissions(String letters) {
    facts.add(entry -> entry.permissions(letters));
    return this;
  }

  EntryDraft owner(String text) {
    facts.add(entry -> entry.owner(text));
    return this;
  }

  EntryDraft group(String text) {
    facts.add(entry -> entry.group(text));
    return this;
  }

  /** What the line says that could not be read, in words. */
  EntryDraft doubt(String why) {
    doubts.add(why);
    return this;
  }

  /** The line as it was read: an entry, unless its name is none. */
  ListingLine done() {
    if (name.equals(".") || name.equals("..")) {
      return new ListingLine.Ignored("the folder itself or its parent");
    }
    if (name.isEmpty() || Math.max(name.length(), target.length()) > ListingEntry.MAX_NAME) {
      return new ListingLine.Unreadable(
          line, "a name or target not of 1 to " + ListingEntry.MAX_NAME + " characters");
    }
    ListingEntry.Builder entry = ListingEntry.named(name, type);
    if (!target.isEmpty()) {
      entry.target(target);
    }
    facts.forEach(fact -> fact.accept(entry));
    return new ListingLine.Entry(entry.build(), doubts);
  }
}
