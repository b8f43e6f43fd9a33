package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An admission as tests use it, with a clock moved by hand. */
final class Door {
  final HandClock clock = new HandClock();
  final Admission admission;

  Door(Rules rules) {
    admission = new Admission(rules, clock);
  }

  static Door of(Map<LimitScope, Limit> connections) {
    return new Door(rules(connections));
  }

  static Rules rules(Map<LimitScope, Limit> connections) {
    return Rules.standard().withConnections(connections);
  }

  static Limit queue(int most) {
    return new Limit(most, new Policy.Queue(Duration.ofSeconds(100), 100));
  }

  static Limit replace(int most) {
    return new Limit(most, new Policy.ReplaceIdle(Duration.ofSeconds(10), 1));
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  Verdict<Slot> arrive(String caller) {
    return admission.arrive(address(caller), "ftp");
  }

  Slot in(String caller) {
    return granted(arrive(caller));
  }

  /** In, logged in, and idle; the reason is set when it is told to leave. */
  Slot idler(String caller, String account, AtomicReference<String> told) {
    Slot slot = in(caller);
    slot.whenToLeave(told::set);
    granted(slot.logIn(account));
    assertThat(slot.idle()).isEmpty();
    return slot;
  }

  static <T> T granted(Verdict<T> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Granted.class);
    return ((Verdict.Granted<T>) verdict).given();
  }

  static <T> Turn<T> waits(Verdict<T> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Waits.class);
    return ((Verdict.Waits<T>) verdict).turn();
  }

  static Refusal refused(Verdict<?> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.TurnedAway.class);
    return ((Verdict.TurnedAway<?>) verdict).refusal();
  }

  static Refusal refused(Optional<Refusal> refusal) {
    assertThat(refusal).isPresent();
    return refusal.orElseThrow();
  }

  long present() {
    return admission.attendance().present().size();
  }
}
