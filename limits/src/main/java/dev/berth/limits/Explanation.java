package dev.berth.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Why somebody waits, or waited in vain. Immutable.
 *
 * @param ticket who waits for what since when
 * @param why what the next connection waits for, a clause
 * @param snapshot the budget at that moment
 */
public record Explanation(Ticket ticket, String why, Snapshot snapshot) {
  private static final int MOST_HOLDERS = 5;

  /** How long the ticket has been waiting. */
  public Duration waited() {
    return Duration.between(ticket.since(), snapshot.at());
  }

  /**
   * The whole in one sentence, without a full stop: "waiting 40 s for 1 of 2 connections to
   * ftp.example.com (limit stated by the server 3 min ago); held by alice (mirror /pub), at work 38
   * s".
   */
  public String sentence() {
    Ceiling ceiling = narrowest();
    StringBuilder text = new StringBuilder();
    text.append("waiting ")
        .append(Spoken.time(waited()))
        .append(ceiling.limit() == 1 ? " for the 1 connection" : " for 1 of ")
        .append(ceiling.limit() == 1 ? "" : ceiling.limit() + " connections")
        .append(" to ")
        .append(snapshot.name().server())
        .append(" (limit ")
        .append(ceiling.evidence().phrase(snapshot.at()))
        .append(')');
    appendHolders(text);
    if (ceiling.missing() > 0) {
      text.append("; ")
          .append(ceiling.missing())
          .append(" held by others or by sessions the server has not ended yet");
    }
    return text.append("; ").append(why).toString();
  }

  private Ceiling narrowest() {
    Ceiling address = snapshot.state().address();
    Ceiling own = snapshot.state().accounts().get(ticket.account());
    return own != null && own.room() < address.room() ? own : address;
  }

  private void appendHolders(StringBuilder text) {
    List<Snapshot.Holder> holders = new ArrayList<>(snapshot.holders());
    holders.sort(Comparator.comparing(Snapshot.Holder::since));
    List<String> names = new ArrayList<>();
    for (Snapshot.Holder holder : holders.subList(0, Math.min(MOST_HOLDERS, holders.size()))) {
      names.add(
          String.format(
              Locale.ROOT,
              "%s (%s), %s %s",
              holder.ticket().account().name(),
              holder.ticket().purpose(),
              holder.state().word(),
              Spoken.time(Duration.between(holder.since(), snapshot.at()))));
    }
    for (Occupant other : snapshot.elsewhere().stream().limit(MOST_HOLDERS).toList()) {
      names.add(
          other.program().sentence()
              + ", "
              + Spoken.time(Duration.between(other.since(), snapshot.at())));
    }
    snapshot.outsiders().stream().limit(MOST_HOLDERS).forEach(it -> names.add(it.sentence()));
    int more = Math.max(0, holders.size() - MOST_HOLDERS);
    more += Math.max(0, snapshot.elsewhere().size() - MOST_HOLDERS);
    more += Math.max(0, snapshot.outsiders().size() - MOST_HOLDERS);
    if (more > 0) {
      names.add(more + " more");
    }
    if (!names.isEmpty()) {
      text.append("; held by ").append(String.join(", and ", names));
    }
  }
}
