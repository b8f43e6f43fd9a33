package dev.berth.session;

import dev.berth.admission.Admission;
import dev.berth.admission.Attendance;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Refusal;
import dev.berth.admission.Slot;
import dev.berth.admission.Verdict;
import dev.berth.lifetime.Pause;
import dev.berth.lifetime.Scope;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.TlsServer;
import dev.berth.wire.Octets;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all sessions of a front share. Any thread may use it.
 *
 * @param backend what stands behind
 * @param admission who may be here
 * @param guard whose logins fail too often
 * @param current how sessions are led now
 * @param tls the server's side of TLS, if there is a certificate
 * @param watchdog bounds all waits
 * @param scope the threads of all sessions
 * @param buffers for transfers
 * @param refused how many were turned away so far, at accept or at the login
 * @param storms logs refusals that are too many for a line each
 */
record Service(
    Backend backend,
    Admission admission,
    LoginGuard guard,
    AtomicReference<FrontSettings> current,
    Optional<TlsServer> tls,
    Watchdog watchdog,
    Scope scope,
    BufferShelf buffers,
    LongAdder refused,
    StormLog storms) {
  private static final Logger LOG = System.getLogger(Service.class.getName());
  private static final int MOST_SHOWN = 200;

  FrontSettings settings() {
    return current.get();
  }

  /** Whether a client that has just come may come in. */
  Verdict<Slot> judge(InetAddress client, String listener) {
    Optional<Refusal> banned = guard.judge(client);
    return banned.isPresent()
        ? new Verdict.TurnedAway<>(banned.get(), Duration.ZERO, true)
        : admission.arrive(client, listener);
  }

  /** Counts it, and logs it; one of a storm together with others. */
  void logRefusal(InetAddress client, ListenerSettings listener, Refusal refusal, boolean inStorm) {
    refused.increment();
    if (inStorm) {
      storms.add(listener.name(), client, refusal);
      return;
    }
    LOG.log(
        Level.INFO,
        "event=refused listener={0} address={1} cause={2} text={3}",
        logged(listener.name()),
        client.getHostAddress(),
        refusal.cause(),
        logged(refusal.text()));
  }

  /** What a client is told that is not let in; nothing where it is to be reset. */
  Optional<byte[]> refusal(InetAddress client, Refusal refusal) {
    Scene scene = new Scene(0, client, "", RemotePath.ROOT, "A");
    Reply usual = Reply.of(421, refusal.text());
    return switch (settings().manner().answer(scene, new Occasion.TurnedAway(refusal), usual)) {
      case Manner.Answer.Ours ours -> Optional.of(usual.bytes());
      case Manner.Answer.Say(String text) -> Optional.of(Octets.toBytes(text));
      case Manner.Answer.SayAndEnd(String text) -> Optional.of(Octets.toBytes(text));
      case Manner.Answer.HangUp hangUp -> Optional.of(new byte[0]);
      case Manner.Answer.Reset reset -> Optional.empty();
    };
  }

  /** The session has ended, and its place stays taken for a time. */
  void haunt(Slot slot, Duration time) {
    try {
      scope.fork(
          "ghost-" + slot.number(),
          () -> {
            try (slot) {
              Pause.of(time);
            }
          });
    } catch (IllegalStateException e) {
      slot.close(); // All is being ended.
    }
  }

  /** Who else is here with the same account: what SITE WHO tells. */
  List<String> who(Session asking) {
    Attendance attendance = admission.attendance();
    List<String> lines = new ArrayList<>();
    lines.add("Sessions of your account:");
    for (Attendance.Present present : attendance.present()) {
      if (present.account().equals(asking.login().account()) && lines.size() <= MOST_SHOWN) {
        lines.add(" " + line(present, attendance.at()));
      }
    }
    lines.add("End");
    return lines;
  }

  private static String line(Attendance.Present present, Instant now) {
    String doing =
        switch (present.doing()) {
          case BUSY -> present.isTransferring() ? "transfers" : "busy";
          case IDLE -> "idle";
          case LEAVING -> "leaves";
        };
    return present.number()
        + " from "
        + present.caller().getHostAddress()
        + ", here for "
        + Duration.between(present.since(), now).toSeconds()
        + " s, "
        + doing
        + " for "
        + Duration.between(present.doingSince(), now).toSeconds()
        + " s";
  }

  /** For logs: as it can stand behind {@code key=}. */
  static String logged(String value) {
    if (isPlainWord(value)) {
      return value;
    }
    String printable = Octets.printable(value).replace('\n', '\uFFFD');
    boolean isWord =
        !printable.isEmpty()
            && printable.indexOf(' ') < 0
            && printable.indexOf('"') < 0
            && printable.indexOf('=') < 0;
    return isWord ? printable : '"' + printable.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Most are: it saves several lines of a small file's log their time. */
  private static boolean isPlainWord(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c > '~' || c == '"' || c == '=') {
        return false;
      }
    }
    return !value.isEmpty();
  }
}
