package dev.berth.cli;

import dev.berth.client.Answer;
import dev.berth.client.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A profile in lines for people: what was asked, the answer, and what was seen. */
final class ProfileText {
  private static final int TITLE = 20;
  private static final int LONGEST = 400;

  /** Before each of these stands an empty line. */
  private static final Set<Fact> FIRST_OF_A_GROUP =
      EnumSet.of(Fact.TLS, Fact.EPSV, Fact.MLSD, Fact.HASH, Fact.PAIR, Fact.STOR);

  private ProfileText() {}

  static List<String> lines(ProbeReport report, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(report.server().place() + ", as " + report.server().login().user());
    boolean isGroupDue = false;
    for (Fact fact : Fact.values()) {
      isGroupDue |= FIRST_OF_A_GROUP.contains(fact);
      Answer answer = report.profile().of(fact);
      if (!answer.equals(Answer.notAsked())) {
        if (isGroupDue) {
          lines.add("");
        }
        isGroupDue = false;
        lines.add(line(fact.title(), words(answer)));
      }
    }
    lines.add("");
    String title = "limit";
    for (String line : LimitText.lines(report.profile().limit(), now)) {
      lines.add(line(title, line));
      title = "";
    }
    if (!report.changes().isEmpty()) {
      lines.add("");
      title = "changed";
      for (ProbeReport.Change change : report.changes()) {
        lines.add(line(title, change.key() + ": " + change.now() + ", was " + change.before()));
        title = "";
      }
    }
    return lines.stream().map(Shown::line).toList();
  }

  private static String line(String title, String text) {
    String shown = text.replace("\n", " / ").strip();
    return "  " + title + " ".repeat(Math.max(1, TITLE - title.length())) + shortened(shown);
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }

  private static String words(Answer answer) {
    return switch (answer) {
      case Answer.Yes yes -> "yes" + inBrackets(yes.evidence());
      case Answer.No no -> "no" + inBrackets(no.evidence());
      case Answer.Told told -> told.value() + inBrackets(told.evidence());
      case Answer.Unknown unknown -> "?" + inBrackets(unknown.evidence());
    };
  }

  private static String inBrackets(String evidence) {
    return evidence.isEmpty() ? "" : " (" + evidence + ")";
  }
}
