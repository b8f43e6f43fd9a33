package dev.berth.gateway;

import dev.berth.wire.Features;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which facts one client sees in MLSD and MLST (RFC 3659 section 7.9). The server is asked for more
 * where a client wants more, and then shows them to all over that connection: what a client has not
 * asked for is left out on the way to it. Immutable.
 */
final class FactSelection {
  static final String MLST = "MLST";

  private final List<String> listed; // by FEAT, as written there
  private final Set<String> usual; // in lower case: with a star there
  private final Set<String> shown; // in lower case
  private final boolean isChosen; // by the client

  private FactSelection(
      List<String> listed, Set<String> usual, Set<String> shown, boolean isChosen) {
    this.listed = List.copyOf(listed);
    this.usual = Set.copyOf(usual);
    this.shown = Set.copyOf(shown);
    this.isChosen = isChosen;
  }

  /** What the server shows to whoever has not asked for anything. */
  static FactSelection usual(Features upstream) {
    List<String> listed = new ArrayList<>();
    Set<String> usual = new HashSet<>();
    for (String text : upstream.parameters().getOrDefault(MLST, "").split(";", -1)) {
      String fact = text.strip();
      String name = fact.endsWith("*") ? fact.substring(0, fact.length() - 1) : fact;
      if (!name.isEmpty()) {
        listed.add(name);
      }
      if (!name.equals(fact)) {
        usual.add(lower(name));
      }
    }
    return new FactSelection(listed, usual, usual, false);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * What OPTS asks for, of those that the server has.
   *
   * @param facts {@code type;size;}
   */
  FactSelection choose(String facts) {
    Set<String> wanted = new HashSet<>(List.of(lower(facts).strip().split("\\s*;\\s*", -1)));
    wanted.retainAll(listed.stream().map(FactSelection::lower).toList());
    return new FactSelection(listed, usual, wanted, true);
  }

  /** What FEAT tells of them: {@code type*;size*;perm;}. */
  String feature() {
    return listed.stream()
        .map(fact -> fact + (shown.contains(lower(fact)) ? "*;" : ";"))
        .collect(Collectors.joining());
  }

  /** The reply to OPTS: the facts that will be shown, whatever was asked for. */
  Reply told() {
    String facts =
        listed.stream()
            .filter(fact -> shown.contains(lower(fact)))
            .map(fact -> fact + ";")
            .collect(Collectors.joining());
    return Reply.of(200, ("MLST OPTS " + facts).strip());
  }

  /** Whether the server has to be asked for facts that it does not show by itself. */
  boolean wantsMore() {
    return !usual.containsAll(shown);
  }

  /**
   * Whether one is shown. What FEAT does not list is, as the server shows it, unless the client has
   * chosen.
   */
  boolean shows(String fact) {
    String name = lower(fact);
    return shown.contains(name) || (!isChosen && listed.stream().noneMatch(name::equalsIgnoreCase));
  }

  /** The reply to MLST, with what the client wants to see of it. */
  Reply filter(Reply reply) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < reply.lines().size(); i++) {
      boolean isEntry = i > 0 && i < reply.lines().size() - 1;
      lines.add(isEntry ? filter(reply.lines().get(i)) : reply.lines().get(i));
    }
    return new Reply(reply.code(), lines);
  }

  private String filter(String line) {
    String entry = line.stripLeading();
    FactFilter filter = new FactFilter(this);
    ByteBuffer filtered = filter.apply(ByteBuffer.wrap(Octets.toBytes(entry + "\n")));
    byte[] bytes = new byte[filtered.remaining() - 1];
    filtered.get(bytes);
    return line.substring(0, line.length() - entry.length()) + Octets.toText(bytes);
  }
}
