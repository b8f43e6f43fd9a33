package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that collide, round after round. */
@Timeout(120)
class AdmissionRaceTest {
  private static final int ROUNDS = 1000;
  private static final Limit ONE_WAITS = Door.queue(1);
  private static final Limit ONE_GIVES_WAY = new Limit(1, new Policy.ReplaceIdle(Duration.ZERO, 1));

  /** What each racing thread did wrong, if anything. */
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

  private interface Step {
    void run() throws Exception;
  }

  private Thread racer(CyclicBarrier start, Step step) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            start.await();
            step.run();
          } catch (Throwable e) {
            faults.add(e);
          }
        });
  }

  /** Both at the same time, to their end. */
  private void race(Step one, Step other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Thread first = racer(start, one);
    Thread second = racer(start, other);
    first.join();
    second.join();
    assertThat(faults).isEmpty();
  }

  private static Admission admission(Map<LimitScope, Limit> limits) {
    return new Admission(Door.rules(limits), SteadyClock.startingNow());
  }

  private static Verdict<Slot> arrive(Admission admission) {
    return admission.arrive(Door.address("192.0.2.1"), "ftp");
  }

  private static void assertNothingLeftOf(Admission admission) {
    Attendance attendance = admission.attendance();
    assertThat(attendance.present()).isEmpty();
    assertThat(attendance.waiting()).isEmpty();
    assertThat(attendance.uses()).isEmpty();
  }

  private static Deadline in(Duration time) {
    return Deadline.after(time);
  }

  private static Duration aMoment() {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(100_000));
  }

  @Test
  void ofTwoHundredArrivalsAtOnceExactlyFiftyGetIn() throws Exception {
    for (int round = 0; round < 20; round++) {
      Admission admission = admission(Map.of(LimitScope.SERVER, Limit.refusing(50)));
      CyclicBarrier start = new CyclicBarrier(200);
      AtomicInteger in = new AtomicInteger();
      Thread[] callers = new Thread[200];
      for (int i = 0; i < callers.length; i++) {
        callers[i] =
            racer(
                start,
                () -> {
                  if (arrive(admission) instanceof Verdict.Granted) {
                    in.incrementAndGet();
                  }
                });
      }
      for (Thread caller : callers) {
        caller.join();
      }

      assertThat(in).hasValue(50);
      assertThat(admission.attendance().present()).hasSize(50);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void aWaiterThatGivesUpWhileItIsServedLeavesThePlaceToTheNext() throws Exception {
    Admission admission = admission(Map.of(LimitScope.SERVER, ONE_WAITS));
    for (int round = 0; round < ROUNDS; round++) {
      Slot holder = Door.granted(arrive(admission));
      Turn<Slot> turn = Door.waits(arrive(admission));
      race(
          holder::close,
          () -> {
            try (turn) {
              if (turn.await(in(aMoment())) instanceof Verdict.Granted<Slot>(Slot slot)) {
                slot.close();
              }
            }
          });

      assertNothingLeftOf(admission);
    }
  }

  @Test
  void anInterruptedWaiterPassesOnWhatItWasHanded() throws Exception {
    Admission admission = admission(Map.of(LimitScope.SERVER, ONE_WAITS));
    for (int round = 0; round < ROUNDS; round++) {
      Slot holder = Door.granted(arrive(admission));
      Turn<Slot> turn = Door.waits(arrive(admission));
      Thread waiter =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  Door.granted(turn.await(in(Duration.ofSeconds(60)))).close();
                } catch (InterruptedException e) {
                  // The turn is closed by this: what it was handed is the next one's.
                  Thread.currentThread().interrupt();
                }
              });
      race(holder::close, waiter::interrupt);
      waiter.join();

      assertNothingLeftOf(admission);
    }
  }

  @Test
  void aSessionIsBusyFirstOrGivesWayNeverBoth() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Admission admission = admission(Map.of(LimitScope.ACCOUNT, ONE_GIVES_WAY));
      AtomicReference<String> told = new AtomicReference<>("");
      Slot old = Door.granted(arrive(admission));
      old.whenToLeave(told::set);
      Door.granted(old.logIn("alice"));
      assertThat(old.idle()).isEmpty();
      Slot newcomer = Door.granted(arrive(admission));
      AtomicReference<Optional<String>> leaves = new AtomicReference<>(Optional.empty());
      AtomicReference<Verdict<Slot>> verdict = new AtomicReference<>();
      race(() -> leaves.set(old.busy()), () -> verdict.set(newcomer.logIn("alice")));

      boolean isIn = verdict.get() instanceof Verdict.Granted;
      assertThat(!told.get().isEmpty()).isEqualTo(isIn);
      if (!isIn) {
        assertThat(leaves.get()).isEmpty();
      }
      assertThat(old.busy().isPresent()).isEqualTo(isIn);
      old.close();
      newcomer.close();
      assertNothingLeftOf(admission);
    }
  }

  @Test
  void aSessionThatClosesWhileItIsToGiveWayIsCountedOnce() throws Exception {
    Admission admission = admission(Map.of(LimitScope.PREFIX, ONE_GIVES_WAY));
    for (int round = 0; round < ROUNDS; round++) {
      Slot old = Door.granted(arrive(admission));
      old.whenToLeave(reason -> {});
      Door.granted(old.logIn("alice"));
      assertThat(old.idle()).isEmpty();
      Slot newcomer = Door.granted(arrive(admission));
      AtomicReference<Verdict<Slot>> verdict = new AtomicReference<>();
      race(old::close, () -> verdict.set(newcomer.logIn("alice")));

      Door.granted(verdict.get());
      newcomer.close();
      assertNothingLeftOf(admission);
    }
  }

  @Test
  void twoLoginsOfOneAccountAreNotBothIn() throws Exception {
    Admission admission = admission(Map.of(LimitScope.ACCOUNT, Limit.refusing(1)));
    for (int round = 0; round < ROUNDS; round++) {
      Slot one = Door.granted(arrive(admission));
      Slot other = Door.granted(arrive(admission));
      AtomicInteger in = new AtomicInteger();
      Step first = () -> in.addAndGet(one.logIn("alice") instanceof Verdict.Granted ? 1 : 0);
      Step second = () -> in.addAndGet(other.logIn("alice") instanceof Verdict.Granted ? 1 : 0);
      race(first, second);

      assertThat(in).hasValue(1);
      one.close();
      other.close();
      assertNothingLeftOf(admission);
    }
  }

  @Test
  void aWaiterIsServedOnceByAReloadOrByAClose() throws Exception {
    Rules one = Door.rules(Map.of(LimitScope.SERVER, ONE_WAITS));
    Rules two = Door.rules(Map.of(LimitScope.SERVER, Door.queue(2)));
    for (int round = 0; round < ROUNDS; round++) {
      Admission admission = new Admission(one, SteadyClock.startingNow());
      Slot holder = Door.granted(arrive(admission));
      Turn<Slot> first = Door.waits(arrive(admission));
      Turn<Slot> second = Door.waits(arrive(admission));
      race(holder::close, () -> admission.reload(two));

      Door.granted(first.await(in(Duration.ZERO))).close();
      Door.granted(second.await(in(Duration.ZERO))).close();
      assertNothingLeftOf(admission);
    }
  }

  @Test
  void aWaiterThatGivesUpDuringAReloadIsGone() throws Exception {
    Rules one = Door.rules(Map.of(LimitScope.SERVER, ONE_WAITS));
    Admission admission = new Admission(one, SteadyClock.startingNow());
    for (int round = 0; round < ROUNDS; round++) {
      Slot holder = Door.granted(arrive(admission));
      Turn<Slot> turn = Door.waits(arrive(admission));
      race(turn::close, () -> admission.reload(one));

      assertThat(admission.attendance().waiting()).isEmpty();
      holder.close();
      assertNothingLeftOf(admission);
    }
  }

  @Test
  void aTransferEndsWithItsSlotOnce() throws Exception {
    Rules rules = Door.rules(Map.of()).withTransfers(Map.of(LimitScope.SERVER, Limit.refusing(1)));
    Admission admission = new Admission(rules, SteadyClock.startingNow());
    for (int round = 0; round < ROUNDS; round++) {
      Slot slot = Door.granted(arrive(admission));
      Door.granted(slot.logIn("alice"));
      Transfer transfer = Door.granted(slot.beginTransfer());
      race(slot::close, transfer::close);

      assertNothingLeftOf(admission);
    }
  }
}
