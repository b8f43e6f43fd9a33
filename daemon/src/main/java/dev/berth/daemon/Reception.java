package dev.berth.daemon;

import dev.berth.admission.GuardRules;
import dev.berth.admission.Rules;
import dev.berth.session.FrontSettings;
import java.time.Duration;
import java.util.List;

/**
 * How clients are received, and how the program runs: the same for a server and for a gateway.
 * Immutable.
 *
 * @param listeners at least one
 * @param tls by which certificate we show who we are
 * @param front how sessions are led
 * @param rules who may come in
 * @param guard what failed logins cost
 * @param drain how long transfers may go on at the end
 * @param pidFile where the number of the process is written
 */
record Reception(
    List<Listener> listeners,
    TlsChoice tls,
    FrontSettings front,
    Rules rules,
    GuardRules guard,
    Duration drain,
    PidFile pidFile) {
  /** So long downloads of a usual size may go on. */
  static final Duration USUAL_DRAIN = Duration.ofSeconds(30);

  Reception {
    listeners = List.copyOf(listeners);
  }

  /** As usual, but for where clients are awaited, by what certificate, and who may come in. */
  static Reception usual(Listener listener, TlsChoice tls, Rules rules) {
    return new Reception(
        List.of(listener),
        tls,
        FrontSettings.usual(),
        rules,
        GuardRules.standard(),
        USUAL_DRAIN,
        new PidFile.None());
  }
}
