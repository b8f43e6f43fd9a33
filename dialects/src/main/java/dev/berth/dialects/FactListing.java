package dev.berth.dialects;

import dev.berth.wire.FactLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads lines of MLSD and MLST (RFC 3659 section 7). */
final class FactListing {
  private final FactLine.Facts facts;
  private final List<String> doubts = new ArrayList<>();

  private FactListing(FactLine.Facts facts) {
    this.facts = facts;
  }

  /** A line of MLSD: a name within the folder. */
  static ListingLine ofFolder(String line) {
    return switch (FactLine.read(line)) {
      case FactLine.Malformed malformed -> new ListingLine.Unreadable(line, malformed.why());
      case FactLine.Facts facts -> nameInFolder(line, facts);
    };
  }

  /** The one line of facts in the reply to MLST: a pathname, perhaps of the folder itself. */
  static ListingLine ofOne(String line) {
    String content = line.startsWith(" ") ? line.substring(1) : line;
    return switch (FactLine.read(content)) {
      case FactLine.Malformed malformed -> new ListingLine.Unreadable(line, malformed.why());
      case FactLine.Facts facts -> entry(line, facts);
    };
  }

  private static ListingLine nameInFolder(String line, FactLine.Facts facts) {
    String type = facts.value("type").orElse("").toLowerCase(Locale.ROOT);
    String name = facts.pathname();
    if (type.equals("cdir") || name.equals(".")) {
      return new ListingLine.Ignored("the folder itself");
    }
    if (type.equals("pdir") || name.equals("..")) {
      return new ListingLine.Ignored("the parent folder");
    }
    if (name.indexOf('/') >= 0) {
      return new ListingLine.Unreadable(
          line, "a path where RFC 3659 section 7.2 wants a name without folders");
    }
    return entry(line, facts);
  }

  private static ListingLine entry(String line, FactLine.Facts facts) {
    if (facts.pathname().length() > ListingEntry.MAX_NAME) {
      return new ListingLine.Unreadable(
          line, "a name of more than " + ListingEntry.MAX_NAME + " characters");
    }
    return new FactListing(facts).entry();
  }

  private ListingLine entry() {
    ListingEntry.Builder entry = ListingEntry.named(facts.pathname(), type());
    facts.value("type").flatMap(FactListing::target).ifPresent(entry::target);
    size(entry);
    modified(entry);
    permissions(entry);
    first("unix.ownername", "unix.owner", "unix.uid").ifPresent(entry::owner);
    first("unix.groupname", "unix.group", "unix.gid").ifPresent(entry::group);
    return new ListingLine.Entry(entry.build(), doubts);
  }

  /** The first of these facts that was sent: a name tells more than a number. */
  private Optional<String> first(String... names) {
    for (String name : names) {
      Optional<String> value = facts.value(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  private ListingEntry.Type type() {
    String type = facts.value("type").orElse("").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "file" -> ListingEntry.Type.FILE;
      case "dir", "cdir", "pdir" -> ListingEntry.Type.FOLDER;
      case "" -> typeWithoutFact();
      default -> isLink(type) ? ListingEntry.Type.LINK : ListingEntry.Type.OTHER;
    };
  }

  /**
   * Links have no type of their own in RFC 3659; section 7.5.1.5 leaves OS types open. The draft's
   * example is {@code OS.unix=slink:/target}; ProFTPD and others send {@code OS.unix=symlink}.
   */
  private static boolean isLink(String type) {
    String kind = type.startsWith("os.unix=") ? type.substring("os.unix=".length()) : type;
    return kind.startsWith("slink") || kind.startsWith("symlink") || kind.equals("link");
  }

  private static Optional<String> target(String type) {
    int colon = type.indexOf(':');
    boolean stated = isLink(type.toLowerCase(Locale.ROOT)) && colon >= 0;
    return stated ? Optional.of(type.substring(colon + 1)).filter(FactListing::fits) : none();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static boolean fits(String target) {
    return !target.isEmpty() && target.length() <= ListingEntry.MAX_NAME;
  }

  /**
   * Only folders have {@code sizd}. Apache FtpServer 1.2.1 leaves the type out, and says size 0,
   * for what is neither file nor folder: a dangling link, a pipe.
   */
  private ListingEntry.Type typeWithoutFact() {
    if (facts.value("sizd").isPresent()) {
      return ListingEntry.Type.FOLDER;
    }
    doubts.add("no type fact");
    return ListingEntry.Type.OTHER;
  }

  private void size(ListingEntry.Builder entry) {
    Optional<String> text = first("size", "sizd");
    if (text.isEmpty()) {
      return;
    }
    OptionalLong size = ListingNumber.plain(text.get());
    if (size.isPresent()) {
      entry.size(size.getAsLong());
    } else {
      doubts.add("not a size: " + text.get());
    }
  }

  private void modified(ListingEntry.Builder entry) {
    Optional<String> text = facts.value("modify");
    if (text.isEmpty()) {
      return;
    }
    Optional<Modified> time = FactTime.read(text.get());
    if (time.isPresent()) {
      entry.modified(time.get());
    } else {
      doubts.add("not a time: " + text.get());
    }
  }

  /** The mode says who may do what; {@code perm} only what this session may do. */
  private void permissions(ListingEntry.Builder entry) {
    Optional<String> mode = facts.value("unix.mode");
    Optional<String> letters = mode.flatMap(UnixMode::letters);
    if (mode.isPresent() && letters.isEmpty()) {
      doubts.add("not a mode: " + mode.get());
    }
    letters.or(() -> first("perm", "perms")).ifPresent(entry::permissions);
  }
}
