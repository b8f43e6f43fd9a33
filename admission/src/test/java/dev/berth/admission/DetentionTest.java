package dev.berth.admission;

import static dev.berth.admission.Door.granted;
import static dev.berth.admission.Door.refused;
import static dev.berth.admission.LimitScope.ACCOUNT;
import static dev.berth.admission.LimitScope.PREFIX;
import static dev.berth.admission.LimitScope.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The delay of a failed login is spent off the slot. */
class DetentionTest {
  @Test
  void whoIsDetainedHoldsNoPlaceAndTakesItAgain() {
    Door door = Door.of(Map.of(PREFIX, Limit.refusing(1), SERVER, Limit.refusing(1)));
    Slot guesser = door.in("192.0.2.1");
    assertThat(guesser.detain()).isEmpty();
    Slot other = door.in("192.0.2.1");

    assertThat(refused(guesser.readmit()).cause()).isEqualTo("prefix");
    other.close();
    assertThat(guesser.readmit()).isEmpty();

    refused(door.arrive("192.0.2.1"));
    guesser.close();
    door.in("192.0.2.1");
  }

  @Test
  void theDetentionIsBounded() {
    Rules rules = Door.rules(Map.of()).withDetention(new Rules.Detention(3, 2));
    Door door = new Door(rules);
    assertThat(door.in("192.0.2.1").detain()).isEmpty();
    Slot second = door.in("192.0.2.1");
    assertThat(second.detain()).isEmpty();

    Slot third = door.in("192.0.2.1");
    assertThat(refused(third.detain()).text())
        .startsWith(
            "Too many failed logins waiting from your address 192.0.2.1: limit 2, 2 in use.");
    assertThat(third.state()).isEqualTo(SlotState.CONNECTED);
    assertThat(door.in("192.0.2.2").detain()).isEmpty();
    assertThat(refused(door.in("192.0.2.3").detain()).cause()).isEqualTo("detention-server");

    second.close();
    Slot fourth = door.in("192.0.2.3");
    assertThat(fourth.detain()).isEmpty();
    assertThat(fourth.readmit()).isEmpty();
    assertThat(door.in("192.0.2.3").detain()).isEmpty();
  }

  @Test
  void detentionEndsALoginAndNobodyLogsInThere() {
    Door door = Door.of(Map.of(ACCOUNT, Limit.refusing(1)));
    Slot slot = door.in("192.0.2.1");
    granted(slot.logIn("alice"));
    assertThat(slot.detain()).isEmpty();

    assertThatThrownBy(() -> slot.logIn("alice")).isInstanceOf(IllegalStateException.class);
    granted(door.in("192.0.2.2").logIn("alice"));
    assertThat(slot.readmit()).isEmpty();
    assertThat(slot.state()).isEqualTo(SlotState.CONNECTED);
  }

  @Test
  void thePlaceOfWhoIsDetainedGoesToAWaiter() throws Exception {
    Door door = Door.of(Map.of(SERVER, Door.queue(1)));
    Slot guesser = door.in("192.0.2.1");
    Turn<Slot> turn = Door.waits(door.arrive("192.0.2.2"));

    assertThat(guesser.detain()).isEmpty();

    granted(turn.await(Deadline.after(Duration.ZERO)));
    assertThat(refused(guesser.readmit()).cause()).isEqualTo("server");
  }

  @Test
  void whoWasToldToLeaveIsNotDetained() {
    Door door = Door.of(Map.of(ACCOUNT, Door.replace(1)));
    AtomicReference<String> told = new AtomicReference<>("");
    Slot old = door.idler("192.0.2.1", "alice", told);
    door.clock.advance(Duration.ofSeconds(10));
    granted(door.in("192.0.2.1").logIn("alice"));

    assertThat(refused(old.detain()).text()).isEqualTo(told.get() + ".");
    assertThat(refused(old.logIn("bob")).cause()).isEqualTo("replaced");
  }

  @Test
  void nobodyComesBackFromDetentionIntoADrain() {
    Door door = Door.of(Map.of());
    Slot slot = door.in("192.0.2.1");
    assertThat(slot.detain()).isEmpty();
    door.admission.drain("the server is going down");

    assertThat(refused(slot.readmit()).cause()).isEqualTo("closing");
  }
}
