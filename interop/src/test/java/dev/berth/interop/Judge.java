package dev.berth.interop;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what came directly against what came through the gateway. Confined to one thread. */
final class Judge {
  /** What the gateway says in its own words. */
  private static final Set<String> OWN_WORDS =
      Set.of(
          "TYPE", "STRU", "MODE", "REST", "NOOP", "OPTS", "ALLO", "EPSV", "PASV", "HELP", "QUIT",
          "XYZZY");

  private static final Set<String> LISTINGS = Set.of("LIST", "NLST", "MLSD");

  private final Map<Allowed, Integer> used = new EnumMap<>(Allowed.class);

  /** What a comparison came to. */
  sealed interface Verdict {
    /** The same, or different as the table allows. */
    record Same() implements Verdict {}

    /** Different as the table allows, and so that the files may differ from now on. */
    record Parted() implements Verdict {}

    /** Different. */
    record Different(String what) implements Verdict {}
  }

  /** Compares. */
  Verdict judge(Moment told) {
    Moment moment = told.withoutWait();
    boolean isSame = isSame(moment);
    for (Allowed allowed : Allowed.values()) {
      if ((!isSame || allowed.isSilent()) && allowed.covers(moment)) {
        used.merge(allowed, 1, Integer::sum);
        return allowed.isParting() ? new Verdict.Parted() : new Verdict.Same();
      }
    }
    return isSame ? new Verdict.Same() : new Verdict.Different(moment.toString());
  }

  /** How often each row of the table was needed. */
  Map<Allowed, Integer> used() {
    return used;
  }

  private static boolean isSame(Moment moment) {
    List<String> verbs = moment.act().verbs();
    List<String> direct = moment.direct().replies();
    List<String> gated = moment.gated().replies();
    if (direct.size() != gated.size()) {
      return false;
    }
    for (int i = 0; i < direct.size(); i++) {
      String verb = verbs.isEmpty() ? "QUIT" : verbs.get(Math.min(i, verbs.size() - 1));
      if (!isSameReply(verb, direct.get(i), gated.get(i))) {
        return false;
      }
    }
    return isSameData(moment);
  }

  private static boolean isSameReply(String verb, String direct, String gated) {
    if (OWN_WORDS.contains(verb) || direct.startsWith(Outcome.CLOSED)) {
      return direct.substring(0, 3).equals(gated.substring(0, 3));
    }
    return switch (verb) {
      case "PWD" -> pathname(direct).equals(pathname(gated));
      case "STAT" -> Mask.listing(direct).equals(Mask.listing(gated));
      default -> Mask.text(direct).equals(Mask.text(gated));
    };
  }

  /** What stands between the quotes; within it RFC 959 doubles them, and Pure-FTPd does not. */
  private static String pathname(String reply) {
    return reply.startsWith("257")
        ? reply.substring(0, reply.lastIndexOf('"')).replace("\"\"", "\"")
        : reply;
  }

  private static boolean isSameData(Moment moment) {
    String direct = moment.direct().data();
    String gated = moment.gated().data();
    boolean isListing =
        moment.act() instanceof Act.Fetch(String line, Act.Door door)
            && LISTINGS.contains(Act.verb(line));
    return isListing ? Mask.listing(direct).equals(Mask.listing(gated)) : direct.equals(gated);
  }
}
