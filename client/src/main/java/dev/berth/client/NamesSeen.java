package dev.berth.client;

import dev.berth.dialects.CharsetGuess;
import dev.berth.wire.NameCoding;
import dev.berth.wire.Octets;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides from a server's names how it writes them. UTF-8 until names are seen that are none; then
 * what {@link CharsetGuess} makes of them. Decided once for a run: a name that was read in one way
 * must be written in the same. Guarded by the lock of {@link Findings}.
 */
final class NamesSeen {
  /** More names tell no more. */
  private static final int LARGEST_SAMPLE = 500;

  /** A name that is not found is most often not there, and a look costs a listing. */
  private static final int MOST_LOOKS = 8;

  private enum State {
    /** Names are written in UTF-8, and read so where they are; else they keep their octets. */
    OPEN,
    /** As an earlier run saw it; the first names confirm it or not. */
    REMEMBERED,
    /** As this run saw it. */
    SEEN,
    /** As the user says. */
    GIVEN
  }

  private State state = State.OPEN;
  private NameCoding coding = NameCoding.UTF_8;
  private final Set<String> sample = new LinkedHashSet<>();
  private int looks;

  NameCoding coding() {
    return coding;
  }

  /** Whether it was found out from names in this run. */
  boolean isSeen() {
    return state == State.SEEN;
  }

  void decide(NameCoding given) {
    coding = given;
    state = State.GIVEN;
  }

  /** Whether a charset that is remembered is one of this Java. */
  boolean remember(String charset) {
    try {
      coding = NameCoding.of(Charset.forName(charset));
      state = State.REMEMBERED;
      return true;
    } catch (IllegalArgumentException unknownOrUnfit) {
      return false;
    }
  }

  /** What an earlier run saw was another server's. */
  void forgetRemembered() {
    if (state == State.REMEMBERED) {
      coding = NameCoding.UTF_8;
      state = State.OPEN;
    }
  }

  void saw(List<String> listed) {
    if (state == State.SEEN || state == State.GIVEN) {
      return;
    }
    int inUtf8 = 0;
    List<String> others = new ArrayList<>();
    for (String octets : listed) {
      if (octets.chars().anyMatch(c -> c >= 0x80)) {
        // The line it stood in may have had an owner in another charset.
        if (Octets.hasEscapes(Octets.toText(Octets.toBytes(octets)))) {
          others.add(octets);
        } else {
          inUtf8++;
        }
      }
    }
    if (inUtf8 > 0 && inUtf8 >= others.size()) {
      seen(NameCoding.UTF_8);
    } else if (!others.isEmpty()) {
      sawOthers(others);
    }
  }

  private void sawOthers(List<String> others) {
    if (state == State.REMEMBERED) {
      long read = others.stream().filter(it -> !Octets.hasEscapes(coding.read(it))).count();
      if (2 * read >= others.size()) {
        seen(coding);
        return;
      }
      state = State.OPEN;
      coding = NameCoding.UTF_8;
    }
    boolean isNew = false;
    for (String name : others) {
      isNew |= sample.size() < LARGEST_SAMPLE && sample.add(name);
    }
    if (!isNew) {
      return; // The same names tell the same.
    }
    CharsetGuess.of(List.copyOf(sample)).ifPresent(charset -> seen(NameCoding.of(charset)));
  }

  private void seen(NameCoding decided) {
    coding = decided;
    state = State.SEEN;
  }

  /** Whether it is worth a look at the names beside one that was typed, and not found. */
  boolean mayLook() {
    boolean may = (state == State.OPEN || state == State.REMEMBERED) && looks < MOST_LOOKS;
    looks += may ? 1 : 0;
    return may;
  }

  /** A name was typed, and not found: the names beside it may tell how it is to be written. */
  void lookedFor(String typed, List<String> listed) {
    for (String octets : listed) {
      if (state == State.OPEN && Octets.hasEscapes(octets)) {
        CharsetGuess.thatWrites(typed, octets).ifPresent(it -> seen(NameCoding.of(it)));
      }
    }
  }

  /** What was found as it was typed is written so from now on. */
  void foundAs(String typed) {
    boolean tells = typed.chars().anyMatch(c -> c >= 0x80) && !Octets.hasEscapes(typed);
    if (tells && state == State.OPEN) {
      seen(NameCoding.UTF_8);
    }
  }
}
