package dev.berth.admission;

import static dev.berth.admission.Door.granted;
import static dev.berth.admission.Door.refused;
import static dev.berth.admission.Door.replace;
import static dev.berth.admission.LimitScope.ACCOUNT;
import static dev.berth.admission.LimitScope.PREFIX;
import static dev.berth.admission.LimitScope.PREFIX_AND_ACCOUNT;
import static dev.berth.admission.LimitScope.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The session that has been idle for longest makes room for a newcomer of its owner. */
class ReplaceIdleTest {
  private static final Duration LONG_IDLE = Duration.ofSeconds(10);
  private final AtomicReference<String> toldFirst = new AtomicReference<>("");
  private final AtomicReference<String> toldSecond = new AtomicReference<>("");

  @Test
  void theLongestIdleOfPrefixAndAccountGivesWayAtTheLogin() {
    Door door = Door.of(Map.of(PREFIX_AND_ACCOUNT, replace(2)));
    Slot first = door.idler("192.0.2.1", "alice", toldFirst);
    door.clock.advance(Duration.ofSeconds(1));
    door.idler("192.0.2.1", "alice", toldSecond);
    door.clock.advance(LONG_IDLE);

    granted(door.in("192.0.2.1").logIn("alice"));

    assertThat(toldFirst.get())
        .isEqualTo("Closed to make room for a newer session of the same account from 192.0.2.1");
    assertThat(toldSecond.get()).isEmpty();
    assertThat(first.busy()).contains(toldFirst.get());
    assertThat(first.beginTransfer()).isInstanceOf(Verdict.TurnedAway.class);
  }

  @Test
  void nobodyGivesWayWhoIsBusyOrIdleForAMomentOnlyOrCannotBeTold() {
    Door door = Door.of(Map.of(ACCOUNT, replace(3)));
    Slot busy = door.idler("192.0.2.1", "alice", toldFirst);
    door.clock.advance(LONG_IDLE);
    assertThat(busy.busy()).isEmpty();
    Slot mute = door.in("192.0.2.1");
    granted(mute.logIn("alice"));
    assertThat(mute.idle()).isEmpty();
    door.clock.advance(LONG_IDLE.minusMillis(1));
    door.idler("192.0.2.1", "alice", toldSecond);
    door.clock.advance(Duration.ofMillis(1));

    refused(door.in("192.0.2.1").logIn("alice"));

    assertThat(toldFirst.get() + toldSecond.get()).isEmpty();
  }

  @Test
  void theSameAccountElsewhereAndAnotherAccountHereAreLeftAlone() {
    Door door = Door.of(Map.of(ACCOUNT, replace(1), PREFIX, replace(2)));
    door.idler("192.0.2.1", "alice", toldFirst);
    door.idler("192.0.2.2", "bob", toldSecond);
    door.clock.advance(LONG_IDLE);

    refused(door.in("192.0.2.2").logIn("alice"));
    refused(door.in("192.0.2.1").logIn("bob"));

    assertThat(toldFirst.get() + toldSecond.get()).isEmpty();
  }

  @Test
  void beyondThePrefixOneMayComeInToLogInAndReplaceItsOwn() {
    Door door = Door.of(Map.of(PREFIX, replace(1)));
    door.idler("192.0.2.1", "alice", toldFirst);
    door.clock.advance(LONG_IDLE);
    Slot newcomer = door.in("192.0.2.1");
    refused(door.arrive("192.0.2.1"));
    assertThat(toldFirst.get()).isEmpty();

    granted(newcomer.logIn("alice"));

    assertThat(toldFirst.get()).isNotEmpty();
    Slot next = door.in("192.0.2.1");
    refused(next.logIn("mallory"));
    refused(next.logIn("alice"));
  }

  @Test
  void whoWasToldToLeaveCountsNoMoreButIsOwedOnlyOncePerPlace() {
    Door door = Door.of(Map.of(PREFIX_AND_ACCOUNT, replace(1)));
    Slot old = door.idler("192.0.2.1", "alice", toldFirst);
    door.clock.advance(LONG_IDLE);
    Slot second = door.in("192.0.2.1");
    second.whenToLeave(toldSecond::set);
    granted(second.logIn("alice"));
    assertThat(second.idle()).isEmpty();
    door.clock.advance(LONG_IDLE);
    Slot third = door.in("192.0.2.1");

    refused(third.logIn("alice"));
    old.close();
    granted(third.logIn("alice"));

    assertThat(toldSecond.get()).isNotEmpty();
  }

  @Test
  void whoWaitsForTheServerMayReplaceItsOwnAfterwards() throws Exception {
    Door door = Door.of(Map.of(PREFIX, replace(1), SERVER, Door.queue(2)));
    door.idler("192.0.2.1", "alice", toldFirst);
    Slot other = door.in("192.0.2.2");
    door.clock.advance(LONG_IDLE);
    Turn<Slot> turn = Door.waits(door.arrive("192.0.2.1"));

    other.close();

    granted(granted(turn.await(Deadline.after(Duration.ZERO))).logIn("alice"));
    assertThat(toldFirst.get()).isNotEmpty();
  }

  @Test
  void eachPlaceMayBeTakenOverBeforeItsOldSessionIsGone() {
    Door door = Door.of(Map.of(PREFIX_AND_ACCOUNT, replace(2)));
    door.idler("192.0.2.1", "alice", toldFirst);
    door.idler("192.0.2.1", "alice", toldSecond);
    door.clock.advance(LONG_IDLE);

    granted(door.in("192.0.2.1").logIn("alice"));
    granted(door.in("192.0.2.1").logIn("alice"));

    assertThat(toldFirst.get()).isNotEmpty();
    assertThat(toldSecond.get()).isNotEmpty();
    refused(door.in("192.0.2.1").logIn("alice"));
  }

  @Test
  void theServersOwnLimitCountsWhoIsLeaving() {
    Door door = Door.of(Map.of(PREFIX, replace(1), SERVER, Limit.refusing(2)));
    Slot old = door.idler("192.0.2.1", "alice", toldFirst);
    door.clock.advance(LONG_IDLE);
    granted(door.in("192.0.2.1").logIn("alice"));

    assertThat(refused(door.arrive("192.0.2.2")).cause()).isEqualTo("server");
    old.close();
    door.in("192.0.2.2");
  }

  @Test
  void aProvisionalNewcomerTakesAPlaceThatBecomesFreeBeforeOthersDo() {
    Door door = Door.of(Map.of(PREFIX, replace(1)));
    Slot old = door.in("192.0.2.1");
    Slot newcomer = door.in("192.0.2.1");
    old.close();
    Slot later = door.in("192.0.2.1");

    granted(newcomer.logIn("anybody"));

    refused(later.logIn("anybody"));
  }

  @Test
  void aSessionThatBecomesBusyFirstStays() {
    Door door = Door.of(Map.of(ACCOUNT, replace(1)));
    Slot old = door.idler("192.0.2.1", "alice", toldFirst);
    Activity.Idle seen = (Activity.Idle) old.activity();
    door.clock.advance(LONG_IDLE);
    assertThat(old.busy()).isEmpty();

    assertThat(old.chooseToLeave(seen, door.clock.instant(), "too late")).isFalse();
    assertThat(old.idle()).isEqualTo(Optional.empty());
  }

  @Test
  void whoIsExemptNeitherReplacesNorIsReplaced() {
    Rules rules =
        Door.rules(Map.of(ACCOUNT, replace(1)))
            .withListed(
                java.util.List.of(
                    new Rules.Listed(Network.parse("192.0.2.1"), new Treatment.Exempt())));
    Door door = new Door(rules);
    door.idler("192.0.2.1", "alice", toldFirst);
    door.clock.advance(LONG_IDLE);

    refused(door.in("192.0.2.1").logIn("alice"));

    assertThat(toldFirst.get()).isEmpty();
  }
}
