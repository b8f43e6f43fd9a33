package dev.berth.session;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Facts about a file as MLST and MLSD have them (RFC 3659 section 7). Pure. */
final class FactText {
  /** The facts there are, in the order in which they are told. */
  enum Fact {
    TYPE("type"),
    SIZE("size"),
    MODIFY("modify"),
    PERM("perm"),
    UNIQUE("unique"),
    MODE("UNIX.mode"),
    OWNER("UNIX.owner"),
    GROUP("UNIX.group");

    private final String text;

    Fact(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    static Optional<Fact> named(String name) {
      for (Fact fact : values()) {
        if (fact.text.equalsIgnoreCase(name)) {
          return Optional.of(fact);
        }
      }
      return Optional.empty();
    }
  }

  private FactText() {}

  /** What FEAT says behind MLST: all facts, with a star behind those that are told now. */
  static String features(Set<Fact> told) {
    StringBuilder text = new StringBuilder();
    for (Fact fact : Fact.values()) {
      text.append(fact.text).append(told.contains(fact) ? "*;" : ";");
    }
    return text.toString();
  }

  /** The facts that OPTS MLST asks for; what is not known is not told (RFC 3659 section 7.9). */
  static Set<Fact> chosen(String argument) {
    Set<Fact> chosen = EnumSet.noneOf(Fact.class);
    for (String name : argument.split(";", -1)) {
      Fact.named(name.strip()).ifPresent(chosen::add);
    }
    return chosen;
  }

  /** What OPTS MLST answers: the facts that are told now. */
  static String names(Set<Fact> told) {
    StringBuilder text = new StringBuilder();
    told.forEach(fact -> text.append(fact.text).append(';'));
    return text.toString();
  }

  /**
   * Facts, a space, and the name.
   *
   * @param name as it is to stand there: of MLST the pathname
   */
  static String line(Entry entry, Set<Fact> told, String name) {
    StringBuilder line = new StringBuilder(96);
    for (Fact fact : told) {
      String value = value(entry, fact);
      if (!value.isEmpty()) {
        line.append(fact.text).append('=').append(value).append(';');
      }
    }
    return line.append(' ').append(name).toString();
  }

  private static String value(Entry entry, Fact fact) {
    return switch (fact) {
      case TYPE -> type(entry.kind());
      case SIZE -> entry.isFile() ? Long.toString(entry.size()) : "";
      case MODIFY -> TimeText.write(entry.modified());
      case PERM -> rights(entry.rights());
      case UNIQUE -> entry.unique();
      case MODE -> mode(entry.mode());
      case OWNER -> word(entry.owner());
      case GROUP -> word(entry.group());
    };
  }

  private static String type(Entry.Kind kind) {
    return switch (kind) {
      case Entry.Kind.File file -> "file";
      case Entry.Kind.Folder folder -> "dir";
      case Entry.Kind.Link(String target) -> "OS.unix=slink:" + word(target);
      case Entry.Kind.Other other -> "OS.unix=other";
      case Entry.Kind.Part part -> "file";
    };
  }

  /** A semicolon would end the fact, a space all facts. */
  private static String word(String value) {
    return value.indexOf(';') < 0 && value.indexOf(' ') < 0 ? value : "?";
  }

  private static String rights(Set<Entry.Right> rights) {
    StringBuilder letters = new StringBuilder();
    for (Entry.Right right : Entry.Right.values()) {
      if (rights.contains(right)) {
        letters.append(right.letter());
      }
    }
    return letters.toString();
  }

  private static String mode(int mode) {
    return "0" + Integer.toOctalString((mode & 0777) | 01000).substring(1);
  }
}
