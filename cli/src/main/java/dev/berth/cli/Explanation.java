package dev.berth.cli;

import dev.berth.dialects.Advice;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.dialects.Stated;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a quoted reply means.
 *
 * @param reply as quoted
 * @param answer the same for machines
 */
record Explanation(QuotedReply reply, JsonLines.Answer answer) {
  private static final String NOTHING =
      "This refuses nothing that has to do with connections, logins or the service.";

  /** Explains a reply. */
  static Explanation of(QuotedReply reply, RefusalReader reader) {
    Optional<Refusal> refusal = reader.read(reply.observation());
    JsonLines.Answer answer =
        refusal
            .map(Explanation::answer)
            .orElseGet(() -> new JsonLines.Answer(Advice.NOTHING_REFUSED, null, "yes", NOTHING));
    return new Explanation(reply, answer);
  }

  private static JsonLines.Answer answer(Refusal refusal) {
    Advice advice = Advice.of(refusal);
    return new JsonLines.Answer(
        advice.scope(),
        limit(refusal),
        advice.retry().name().toLowerCase(Locale.ROOT),
        advice.sentence());
  }

  private static @Nullable Integer limit(Refusal refusal) {
    if (refusal instanceof Refusal.Limit limit && limit.stated() instanceof Stated.Figure figure) {
      return figure.value();
    }
    return null;
  }

  /** For people: the reply, its kind, the number, what to do. */
  String inWords() {
    StringBuilder text = new StringBuilder(Shown.line(reply.words()));
    text.append("\n  Cause:      ").append(answer.scope());
    if (answer.limit() != null) {
      text.append("\n  Limit:      ").append(answer.limit()).append(" connections");
    }
    text.append("\n  Try again:  ").append(answer.retry());
    return text.append("\n  ").append(answer.advice()).append('\n').toString();
  }
}
