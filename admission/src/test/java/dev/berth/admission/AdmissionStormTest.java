package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that come, wait, log in, are delayed, give way and go, while somebody counts them. */
@Timeout(120)
class AdmissionStormTest {
  private static final int SERVER = 9;
  private static final int LISTENER = 6;
  private static final int PREFIX = 3;
  private static final int ACCOUNT = 4;
  private static final int PAIR = 2;
  private static final int SESSIONS = 12;
  private static final int ROUNDS = 1500;

  private final long seed = Long.getLong("berth.seed", System.nanoTime());
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

  private static Rules rules(Policy ofServer, Policy ofPrefix, Policy ofPair) {
    return Rules.standard()
        .withConnections(
            Map.of(
                LimitScope.SERVER, new Limit(SERVER, ofServer),
                LimitScope.LISTENER, new Limit(LISTENER, ofServer),
                LimitScope.PREFIX, new Limit(PREFIX, ofPrefix),
                LimitScope.ACCOUNT, new Limit(ACCOUNT, ofServer),
                LimitScope.PREFIX_AND_ACCOUNT, new Limit(PAIR, ofPair)))
        .withTransfers(Map.of(LimitScope.SERVER, new Limit(2, ofServer)))
        .withDetention(new Rules.Detention(3, 2));
  }

  private static List<Rules> allRules() {
    Policy refuse = new Policy.Refuse();
    Policy queue = new Policy.Queue(Duration.ofMillis(20), 5);
    Policy replace = new Policy.ReplaceIdle(Duration.ZERO, 1);
    return List.of(
        rules(refuse, refuse, replace),
        rules(queue, replace, replace),
        rules(queue, queue, refuse),
        rules(queue, refuse, queue));
  }

  @Test
  void noCountIsEverAboveItsLimitAndNothingIsLeftAtTheEnd() throws Exception {
    Admission admission = new Admission(allRules().getFirst(), SteadyClock.startingNow());
    AtomicBoolean over = new AtomicBoolean();
    Thread counter = start(() -> count(admission, over));
    Thread operator = start(() -> change(admission, over));
    List<Thread> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      Random random = new Random(seed + i);
      sessions.add(start(() -> new Client(admission, random).run()));
    }
    for (Thread session : sessions) {
      session.join();
    }
    over.set(true);
    counter.join();
    operator.join();

    assertThat(faults).as("with -Dberth.seed=" + seed).isEmpty();
    Attendance attendance = admission.attendance();
    assertThat(attendance.present()).isEmpty();
    assertThat(attendance.waiting()).isEmpty();
    assertThat(attendance.uses()).isEmpty();
  }

  private interface Step {
    void run() throws Exception;
  }

  private Thread start(Step step) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            step.run();
          } catch (Throwable e) {
            faults.add(e);
          }
        });
  }

  private void count(Admission admission, AtomicBoolean over) {
    while (!over.get() && faults.isEmpty()) {
      List<Attendance.Present> counted =
          admission.attendance().present().stream()
              .filter(one -> one.state() != SlotState.DETAINED)
              .toList();
      assertThat(counted).hasSizeLessThanOrEqualTo(SERVER);
      assertNoMoreThan(LISTENER, counted, Attendance.Present::listener);
      List<Attendance.Present> staying =
          counted.stream().filter(one -> one.doing() != Attendance.Doing.LEAVING).toList();
      // One of a prefix may be here beyond the limit until it has logged in.
      assertNoMoreThan(PREFIX + 1, staying, one -> one.prefix().toString());
      List<Attendance.Present> loggedIn =
          staying.stream().filter(one -> one.state() == SlotState.LOGGED_IN).toList();
      assertNoMoreThan(PREFIX, loggedIn, one -> one.prefix().toString());
      assertNoMoreThan(ACCOUNT, loggedIn, Attendance.Present::account);
      assertNoMoreThan(PAIR, loggedIn, one -> one.account() + one.prefix());
      assertThat(counted.stream().filter(Attendance.Present::isTransferring).count())
          .isLessThanOrEqualTo(2);
    }
  }

  private static void assertNoMoreThan(
      int limit, List<Attendance.Present> present, Function<Attendance.Present, String> by) {
    assertThat(present.stream().collect(Collectors.groupingBy(by, Collectors.counting())).values())
        .allMatch(count -> count <= limit);
  }

  private void change(Admission admission, AtomicBoolean over) {
    Random random = new Random(seed - 1);
    while (!over.get() && faults.isEmpty()) {
      admission.reload(allRules().get(random.nextInt(4)));
      Thread.yield();
    }
  }

  /** One program that comes again and again, and keeps a session or two idle. */
  private static final class Client {
    private static final List<InetAddress> CALLERS =
        List.of(Door.address("192.0.2.1"), Door.address("192.0.2.2"), Door.address("2001:db8::1"));

    private final Admission admission;
    private final Random random;
    private final List<Slot> idlers = new ArrayList<>();

    Client(Admission admission, Random random) {
      this.admission = admission;
      this.random = random;
    }

    void run() throws InterruptedException {
      for (int round = 0; round < ROUNDS; round++) {
        visit();
        idlers.removeIf(this::leaves);
      }
      idlers.forEach(Slot::close);
    }

    private void visit() throws InterruptedException {
      InetAddress caller = CALLERS.get(random.nextInt(CALLERS.size()));
      Slot slot = outcome(admission.arrive(caller, random.nextBoolean() ? "ftp" : "ftps"));
      if (slot == null) {
        return;
      }
      slot.whenToLeave(reason -> {});
      boolean stays = (random.nextInt(4) > 0 || sitOut(slot)) && use(slot);
      if (stays && idlers.size() < 2 && slot.idle().isEmpty()) {
        idlers.add(slot);
      } else {
        slot.close();
      }
    }

    private static boolean sitOut(Slot slot) {
      return slot.detain().isEmpty() && slot.readmit().isEmpty();
    }

    private boolean use(Slot slot) throws InterruptedException {
      if (outcome(slot.logIn("account" + random.nextInt(2))) == null) {
        return false;
      }
      if (random.nextBoolean()) {
        Transfer transfer = outcome(slot.beginTransfer());
        if (transfer != null && random.nextBoolean()) {
          transfer.close();
        }
        return transfer != null;
      }
      return true;
    }

    private boolean leaves(Slot slot) {
      boolean leaves = slot.busy().isPresent() || random.nextInt(4) == 0;
      boolean goes = leaves || slot.idle().isPresent();
      if (goes) {
        slot.close();
      }
      return goes;
    }

    /** What was granted, perhaps after a while; null if nothing was. */
    private <T> T outcome(Verdict<T> verdict) throws InterruptedException {
      return switch (verdict) {
        case Verdict.Granted<T>(T given) -> given;
        case Verdict.TurnedAway<T> away -> null;
        case Verdict.Waits<T>(Turn<T> turn, int position, Refusal.Full full) -> {
          try (turn) {
            Duration patience = Duration.ofNanos(random.nextInt(500_000));
            yield turn.await(Deadline.after(patience)) instanceof Verdict.Granted<T>(T given)
                ? given
                : null;
          }
        }
      };
    }
  }
}
