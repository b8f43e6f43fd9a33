package dev.berth.cli;

import dev.berth.client.Answer;
import dev.berth.client.Fact;
import dev.berth.dialects.Refusal;
import dev.berth.limits.Evidence;
import dev.berth.pool.LimitFinding;
import dev.berth.wire.Octets;
import io.avaje.jsonb.Json;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile for machines, as docs/json.md describes it. */
final class ProfileJson {
  /** The answer to one question; what is not known is null. */
  @Json
  record Item(@Nullable Boolean works, @Nullable String value, String evidence) {}

  /** What is known of the limit, and how the search for it ended. */
  @Json
  record Limit(
      @Nullable Integer limit,
      String evidence,
      String since,
      int worked,
      int elsewhere,
      String end,
      @Nullable String counts,
      @Nullable String phase,
      @Nullable String words) {}

  /** One answer that is another than at the last probe. */
  @Json
  record Change(String key, String before, String now) {}

  /** All of it. */
  @Json
  record Profile(
      String host,
      int port,
      String user,
      Map<String, Item> facts,
      Limit limit,
      List<Change> changes) {}

  private ProfileJson() {}

  static Profile of(ProbeReport report) {
    Map<String, Item> facts = new LinkedHashMap<>();
    for (Fact fact : Fact.values()) {
      facts.put(fact.key(), item(report.profile().of(fact)));
    }
    return new Profile(
        report.server().host(),
        report.server().port(),
        Octets.latin(report.server().login().user()),
        facts,
        limit(report.profile().limit()),
        report.changes().stream()
            .map(it -> new Change(it.key(), Octets.latin(it.before()), Octets.latin(it.now())))
            .toList());
  }

  private static Item item(Answer answer) {
    String evidence = Octets.latin(answer.evidence());
    return switch (answer) {
      case Answer.Yes _ -> new Item(true, null, evidence);
      case Answer.No _ -> new Item(false, null, evidence);
      case Answer.Told told -> new Item(null, Octets.latin(told.value()), evidence);
      case Answer.Unknown _ -> new Item(null, null, evidence);
    };
  }

  private static Limit limit(LimitFinding found) {
    Evidence evidence = found.ceiling().evidence();
    String counts = null;
    String phase = null;
    String words = null;
    if (found.end() instanceof LimitFinding.End.TurnedAway away) {
      counts = counts(away);
      phase = away.phase().name().toLowerCase(Locale.ROOT);
      words = Octets.latin(away.refusal().words());
    }
    return new Limit(
        evidence.isUntested() ? null : found.ceiling().limit(),
        evidence.kind().name().toLowerCase(Locale.ROOT),
        evidence.at().truncatedTo(ChronoUnit.SECONDS).toString(),
        found.worked(),
        found.elsewhere(),
        end(found.end()),
        counts,
        phase,
        words);
  }

  private static @Nullable String counts(LimitFinding.End.TurnedAway away) {
    return switch (away.counted()) {
      case ADDRESS -> "address";
      case ACCOUNT -> "account";
      case SERVER -> "server";
      case NOT_SAID -> null;
    };
  }

  private static String end(LimitFinding.End end) {
    return switch (end) {
      case LimitFinding.End.NotSought _ -> "notSought";
      case LimitFinding.End.TurnedAway away ->
          away.refusal() instanceof Refusal.Silent ? "silence" : "refused";
      case LimitFinding.End.Unreachable _ -> "unreachable";
      case LimitFinding.End.NoRoom _ -> "noRoom";
      case LimitFinding.End.GaveWay _ -> "gaveWay";
      case LimitFinding.End.Enough _ -> "enough";
      case LimitFinding.End.SetByUser _ -> "setByUser";
    };
  }
}
