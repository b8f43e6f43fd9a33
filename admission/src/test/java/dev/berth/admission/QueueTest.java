package dev.berth.admission;

import static dev.berth.admission.Door.granted;
import static dev.berth.admission.Door.queue;
import static dev.berth.admission.Door.refused;
import static dev.berth.admission.Door.waits;
import static dev.berth.admission.LimitScope.ACCOUNT;
import static dev.berth.admission.LimitScope.PREFIX;
import static dev.berth.admission.LimitScope.PREFIX_AND_ACCOUNT;
import static dev.berth.admission.LimitScope.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits, in which order, and until when. */
@Timeout(30)
class QueueTest {
  private static final Deadline LONG = Deadline.after(Duration.ofSeconds(25));

  private static Deadline atOnce() {
    return Deadline.after(Duration.ZERO);
  }

  private static int position(Verdict<Slot> verdict) {
    return ((Verdict.Waits<Slot>) verdict).position();
  }

  @Test
  void whoeverWaitsIsServedInOrderAndSeesItsPosition() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    Verdict<Slot> first = door.arrive("192.0.2.2");
    Verdict<Slot> second = door.arrive("192.0.2.3");
    assertThat(position(first)).isEqualTo(1);
    assertThat(position(second)).isEqualTo(2);
    assertThat(((Verdict.Waits<Slot>) second).full().text())
        .startsWith("Too many connections to this server: limit 1, 1 in use.");

    holder.close();

    Slot served = granted(waits(first).await(atOnce()));
    assertThat(position(waits(second).await(atOnce()))).isEqualTo(1);
    served.close();
    granted(waits(second).await(LONG));
  }

  @Test
  void whoComesToWaitAtAnotherLimitIsToldOfThat() throws Exception {
    Door door = Door.of(Map.of(PREFIX, queue(1), SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    Turn<Slot> other = waits(door.arrive("192.0.2.3"));
    Verdict<Slot> sameAddress = door.arrive("192.0.2.1");
    assertThat(((Verdict.Waits<Slot>) sameAddress).full().scope()).isEqualTo(PREFIX);

    holder.close();

    granted(other.await(atOnce()));
    Verdict<Slot> still = waits(sameAddress).await(atOnce());
    assertThat(((Verdict.Waits<Slot>) still).full().scope()).isEqualTo(SERVER);
    assertThat(position(still)).isEqualTo(1);
  }

  @Test
  void aWaiterIsCountedNowhere() {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    door.in("192.0.2.1");
    waits(door.arrive("192.0.2.2"));

    assertThat(door.present()).isOne();
    assertThat(door.admission.attendance().waiting())
        .singleElement()
        .satisfies(waiting -> assertThat(waiting.scope()).isEqualTo(SERVER));
  }

  @Test
  void aWaiterThatGivesUpPassesOnWhatItWasHanded() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    Turn<Slot> first = waits(door.arrive("192.0.2.2"));
    Turn<Slot> second = waits(door.arrive("192.0.2.3"));
    holder.close();

    first.close();

    granted(second.await(atOnce()));
    assertThat(door.present()).isOne();
  }

  @Test
  void aTurnThatWasTakenIsNotGivenBackByItsClose() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    Turn<Slot> turn = waits(door.arrive("192.0.2.2"));
    holder.close();
    Slot served = granted(turn.await(atOnce()));

    turn.close();

    assertThat(door.present()).isOne();
    served.close();
    assertThat(door.present()).isZero();
  }

  @Test
  void anInterruptedWaiterLeavesTheQueue() {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    door.in("192.0.2.1");
    Turn<Slot> turn = waits(door.arrive("192.0.2.2"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> turn.await(LONG)).isInstanceOf(InterruptedException.class);

    assertThat(door.admission.attendance().waiting()).isEmpty();
  }

  @Test
  void afterTheLongestWaitTheWaiterIsTurnedAway() throws Exception {
    Limit brief = new Limit(1, new Policy.Queue(Duration.ofMillis(5), 10));
    Door door = Door.of(Map.of(SERVER, brief));
    door.in("192.0.2.1");
    Turn<Slot> turn = waits(door.arrive("192.0.2.2"));

    assertThat(refused(turn.await(LONG)).cause()).isEqualTo("server");
    assertThat(door.admission.attendance().waiting()).isEmpty();
  }

  @Test
  void onePrefixWithManyWaitingDelaysAnotherByOneTurnOnly() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    List<Turn<Slot>> crowd = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      crowd.add(waits(door.arrive("192.0.2.2")));
    }
    Turn<Slot> quiet = waits(door.arrive("192.0.2.3"));
    holder.close();

    granted(crowd.getFirst().await(atOnce())).close();

    granted(quiet.await(atOnce()));
  }

  @Test
  void whoeverWaitsIsNotOvertakenByPrefixesThatAreNew() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    Turn<Slot> first = waits(door.arrive("192.0.2.2"));
    Turn<Slot> second = waits(door.arrive("192.0.2.2"));
    holder.close();
    Slot served = granted(first.await(atOnce()));
    waits(door.arrive("192.0.2.3"));
    served.close();
    waits(door.arrive("192.0.2.4"));

    granted(second.await(atOnce()));
  }

  @Test
  void aFullQueueHasRoomForAPrefixThatWaitsLess() throws Exception {
    Limit small = new Limit(1, new Policy.Queue(Duration.ofSeconds(100), 3));
    Door door = Door.of(Map.of(SERVER, small));
    door.in("192.0.2.1");
    Turn<Slot> first = waits(door.arrive("192.0.2.2"));
    waits(door.arrive("192.0.2.2"));
    Turn<Slot> last = waits(door.arrive("192.0.2.2"));
    refused(door.arrive("192.0.2.2"));

    waits(door.arrive("192.0.2.3"));

    refused(last.await(atOnce()));
    waits(first.await(atOnce()));
    assertThat(door.admission.attendance().waiting()).hasSize(3);
  }

  @Test
  void aPrefixMayNotWaitForMoreThanItMayHave() {
    Door door = Door.of(Map.of(SERVER, queue(1), PREFIX, Limit.refusing(2)));
    door.in("192.0.2.1");
    waits(door.arrive("192.0.2.1"));

    assertThat(refused(door.arrive("192.0.2.1")).text())
        .startsWith("Too many connections from your address 192.0.2.1: limit 2, 2 in use.");
  }

  @Test
  void whoWaitsForItsOwnPrefixLetsOthersPass() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(2), PREFIX, queue(1)));
    Slot own = door.in("192.0.2.1");
    Slot other = door.in("192.0.2.2");
    Turn<Slot> waitsForPrefix = waits(door.arrive("192.0.2.1"));
    Turn<Slot> waitsForServer = waits(door.arrive("192.0.2.3"));

    other.close();
    Slot third = granted(waitsForServer.await(atOnce()));
    waits(waitsForPrefix.await(atOnce()));
    own.close();

    granted(waitsForPrefix.await(atOnce()));
    third.close();
  }

  @Test
  void aLoginWaitsForItsAccount() throws Exception {
    Door door = Door.of(Map.of(ACCOUNT, queue(1)));
    Slot first = door.in("192.0.2.1");
    Slot second = door.in("192.0.2.2");
    granted(first.logIn("alice"));
    Turn<Slot> turn = waits(second.logIn("alice"));

    first.logOut();

    assertThat(granted(turn.await(atOnce()))).isSameAs(second);
    assertThat(second.state()).isEqualTo(SlotState.LOGGED_IN);
    waits(first.logIn("alice"));
  }

  @Test
  void aWaiterServedBecauseAnotherWasServedIsServedOnce() throws Exception {
    Door door =
        Door.of(Map.of(ACCOUNT, queue(2), PREFIX_AND_ACCOUNT, Door.replace(1), PREFIX, queue(2)));
    Slot elsewhere = door.in("192.0.2.2");
    granted(elsewhere.logIn("alice"));
    granted(door.in("192.0.2.3").logIn("alice"));
    Slot first = door.in("192.0.2.1");
    Slot second = door.in("192.0.2.1");
    Turn<Slot> firstLogin = waits(first.logIn("alice"));
    Turn<Slot> secondLogin = waits(second.logIn("alice"));
    Turn<Slot> arrival = waits(door.arrive("192.0.2.1"));
    elsewhere.close();
    granted(firstLogin.await(atOnce()));
    first.whenToLeave(reason -> {});
    assertThat(first.idle()).isEmpty();
    door.clock.advance(Duration.ofSeconds(10));

    door.in("192.0.2.9").close();

    granted(secondLogin.await(atOnce()));
    granted(arrival.await(atOnce())).close();
    assertThat(first.busy()).isPresent();
    assertThat(door.present()).isEqualTo(3);
  }

  @Test
  void theSameLoginAgainLosesNoPlaceToAWaiter() throws Exception {
    Door door = Door.of(Map.of(ACCOUNT, queue(1)));
    Slot first = door.in("192.0.2.1");
    granted(first.logIn("alice"));
    Turn<Slot> turn = waits(door.in("192.0.2.2").logIn("alice"));

    granted(first.logIn("alice"));

    waits(turn.await(atOnce()));
  }

  @Test
  void aTransferWaitsForAnother() throws Exception {
    Door door = new Door(Door.rules(Map.of()).withTransfers(Map.of(SERVER, queue(1))));
    Slot first = door.in("192.0.2.1");
    Slot second = door.in("192.0.2.2");
    granted(first.logIn("alice"));
    granted(second.logIn("bob"));
    Transfer transfer = granted(first.beginTransfer());
    Turn<Transfer> turn = waits(second.beginTransfer());

    transfer.close();

    granted(turn.await(atOnce())).close();
    granted(first.beginTransfer());
  }

  @Test
  void aSlotThatIsClosedWaitsForNothing() throws Exception {
    Door door = Door.of(Map.of(ACCOUNT, queue(1)));
    granted(door.in("192.0.2.1").logIn("alice"));
    Slot waiter = door.in("192.0.2.2");
    Turn<Slot> turn = waits(waiter.logIn("alice"));

    waiter.close();

    refused(turn.await(LONG));
    assertThat(door.admission.attendance().waiting()).isEmpty();
  }

  @Test
  void aDrainTurnsTheWaitersAway() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    Slot holder = door.in("192.0.2.1");
    Turn<Slot> turn = waits(door.arrive("192.0.2.2"));
    door.admission.drain("the server is going down");
    holder.close();

    assertThat(refused(turn.await(LONG)).cause()).isEqualTo("closing");
    assertThat(door.present()).isZero();
  }
}
