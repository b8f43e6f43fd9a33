package dev.berth.admission;

import static dev.berth.admission.Door.granted;
import static dev.berth.admission.Door.queue;
import static dev.berth.admission.Door.refused;
import static dev.berth.admission.Door.replace;
import static dev.berth.admission.Door.rules;
import static dev.berth.admission.Door.waits;
import static dev.berth.admission.LimitScope.ACCOUNT;
import static dev.berth.admission.LimitScope.PREFIX;
import static dev.berth.admission.LimitScope.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Other rules, with everybody in. */
class ReloadTest {
  private static Deadline atOnce() {
    return Deadline.after(Duration.ZERO);
  }

  @Test
  void aLowerLimitEndsNobodyAndHoldsOnceEnoughHaveLeft() {
    Door door = Door.of(Map.of(SERVER, Limit.refusing(3)));
    Slot first = door.in("192.0.2.1");
    Slot second = door.in("192.0.2.2");
    Slot third = door.in("192.0.2.3");
    door.admission.reload(rules(Map.of(SERVER, Limit.refusing(1))));

    assertThat(door.present()).isEqualTo(3);
    first.close();
    second.close();
    assertThat(refused(door.arrive("192.0.2.4")).text()).contains("limit 1, 1 in use");
    third.close();
    door.in("192.0.2.4");
  }

  @Test
  void aboveALimitThatWasLoweredNobodyGivesWayForANewcomer() {
    Door door = Door.of(Map.of(ACCOUNT, replace(2)));
    AtomicReference<String> told = new AtomicReference<>("");
    Slot first = door.idler("192.0.2.1", "alice", told);
    door.idler("192.0.2.1", "alice", told);
    door.clock.advance(Duration.ofSeconds(10));
    door.admission.reload(rules(Map.of(ACCOUNT, replace(1))));

    refused(door.in("192.0.2.1").logIn("alice"));
    assertThat(told.get()).isEmpty();
    first.close();
    granted(door.in("192.0.2.1").logIn("alice"));
  }

  @Test
  void aLimitThatIsNewCountsWhoWasInBefore() {
    Door door = Door.of(Map.of());
    Slot slot = door.in("192.0.2.1");
    granted(slot.logIn("alice"));
    granted(slot.beginTransfer());
    door.admission.reload(
        rules(Map.of(ACCOUNT, Limit.refusing(1))).withTransfers(Map.of(PREFIX, queue(1))));

    Slot other = door.in("192.0.2.1");
    refused(other.logIn("alice"));
    granted(other.logIn("bob"));
    waits(other.beginTransfer());
  }

  @Test
  void otherPrefixesCountAnew() {
    Door door = Door.of(Map.of(PREFIX, Limit.refusing(2)));
    Slot first = door.in("192.0.2.1");
    door.in("192.0.2.2");
    door.admission.reload(
        rules(Map.of(PREFIX, Limit.refusing(2))).withPrefixes(new Rules.PrefixLengths(24, 64)));

    refused(door.arrive("192.0.2.3"));
    first.close();
    door.in("192.0.2.3");
  }

  @Test
  void whoWaitsIsLetInTurnedAwayOrWaitsOn() throws Exception {
    Door door = Door.of(Map.of(SERVER, queue(1)));
    door.in("192.0.2.1");
    Turn<Slot> first = waits(door.arrive("192.0.2.2"));
    Turn<Slot> second = waits(door.arrive("192.0.2.3"));
    Turn<Slot> third = waits(door.arrive("192.0.2.4"));

    door.admission.reload(rules(Map.of(SERVER, queue(2))));
    granted(first.await(atOnce()));
    waits(second.await(atOnce()));

    door.admission.reload(
        rules(Map.of(SERVER, new Limit(2, new Policy.Queue(Duration.ofSeconds(9), 1)))));
    waits(second.await(atOnce()));
    assertThat(refused(third.await(atOnce())).cause()).isEqualTo("server");

    door.admission.reload(rules(Map.of(SERVER, Limit.refusing(2))));
    assertThat(refused(second.await(atOnce())).cause()).isEqualTo("server");
  }

  @Test
  void aProvisionalNewcomerStandsWhereThereIsRoomNow() {
    Door door = Door.of(Map.of(PREFIX, replace(1)));
    door.in("192.0.2.1");
    Slot higher = door.in("192.0.2.1");
    door.admission.reload(rules(Map.of(PREFIX, replace(2))));
    assertThat(higher.footing()).isEqualTo(Footing.STANDING);
  }

  @Test
  void aProvisionalNewcomerWhoBecomesExemptIsHeldToNoPrefix() {
    Rules rules = rules(Map.of(PREFIX, replace(1))).withPrefixes(new Rules.PrefixLengths(24, 64));
    Door door = new Door(rules);
    door.in("192.0.2.1");
    Slot exempt = door.in("192.0.2.2");
    assertThat(exempt.footing()).isEqualTo(Footing.PROVISIONAL);

    door.admission.reload(
        rules.withListed(
            List.of(new Rules.Listed(Network.parse("192.0.2.2"), new Treatment.Exempt()))));

    granted(exempt.logIn("alice"));
  }

  @Test
  void whoWasDetainedStaysSo() {
    Door door = Door.of(Map.of(SERVER, Limit.refusing(1)));
    Slot slot = door.in("192.0.2.1");
    assertThat(slot.detain()).isEmpty();
    door.admission.reload(rules(Map.of(SERVER, Limit.refusing(2))));

    door.in("192.0.2.2");
    door.in("192.0.2.3");
    refused(slot.readmit());
  }
}
