package dev.berth.admission;

import static dev.berth.admission.Door.granted;
import static dev.berth.admission.Door.refused;
import static dev.berth.admission.LimitScope.ACCOUNT;
import static dev.berth.admission.LimitScope.LISTENER;
import static dev.berth.admission.LimitScope.PREFIX;
import static dev.berth.admission.LimitScope.PREFIX_AND_ACCOUNT;
import static dev.berth.admission.LimitScope.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted, where, and until when. */
class AdmissionTest {
  @Test
  void thePrefixIsFullAndItsNeighbourIsNot() {
    Door door = Door.of(Map.of(PREFIX, Limit.refusing(2)));
    Slot first = door.in("192.0.2.7");
    door.in("192.0.2.7");

    assertThat(refused(door.arrive("192.0.2.7")).cause()).isEqualTo("prefix");
    door.in("192.0.2.8");
    first.close();
    first.close();

    door.in("192.0.2.7");
    refused(door.arrive("192.0.2.7"));
  }

  @Test
  void aRefusalSaysWhoseLimitHowManyAndHowManyAreIdle() {
    Rules rules =
        Door.rules(Map.of(PREFIX, Limit.refusing(2))).withPrefixes(new Rules.PrefixLengths(24, 64));
    Door door = new Door(rules);
    Slot idle = door.in("192.0.2.7");
    door.in("192.0.2.8");
    assertThat(idle.idle()).isEmpty();
    door.clock.advance(Duration.ofSeconds(38));

    assertThat(refused(door.arrive("192.0.2.9")).text())
        .isEqualTo(
            "Too many connections from your network 192.0.2.0/24: limit 2, 2 in use, "
                + "1 of them unused (38 s). Try again in 30 s.");
  }

  @Test
  void oneCustomerOfIpv6HasOnePrefixAndMappedIpv4IsIpv4() {
    Door door = Door.of(Map.of(PREFIX, Limit.refusing(1)));
    door.in("2001:db8:0:1::1");
    door.in("192.0.2.7");

    refused(door.arrive("2001:db8:0:1:ffff::2"));
    refused(door.arrive("::ffff:192.0.2.7"));
    door.in("2001:db8:0:2::1");
  }

  @Test
  void listenerAndServerHaveLimitsOfTheirOwn() {
    Door door = Door.of(Map.of(LISTENER, Limit.refusing(1), SERVER, Limit.refusing(2)));
    door.in("192.0.2.1");

    assertThat(refused(door.arrive("192.0.2.2")).text())
        .startsWith("Too many connections to this port: limit 1,");
    granted(door.admission.arrive(Door.address("192.0.2.2"), "ftps"));
    assertThat(refused(door.admission.arrive(Door.address("192.0.2.2"), "third")).text())
        .isEqualTo("Too many connections to this server: limit 2, 2 in use. Try again in 30 s.");
  }

  @Test
  void anAccountIsCountedFromItsLoginOnAndOverAllPrefixes() {
    Door door = Door.of(Map.of(ACCOUNT, Limit.refusing(1)));
    Slot first = door.in("192.0.2.1");
    Slot second = door.in("192.0.2.2");

    granted(first.logIn("alice"));
    assertThat(refused(second.logIn("alice")).text())
        .startsWith("Too many connections of your account: limit 1, 1 in use");
    granted(second.logIn("bob"));
    first.logOut();
    granted(second.logIn("alice"));
  }

  @Test
  void anAccountFromOnePrefixIsCountedApart() {
    Door door = Door.of(Map.of(PREFIX_AND_ACCOUNT, Limit.refusing(1)));
    granted(door.in("192.0.2.1").logIn("alice"));

    assertThat(refused(door.in("192.0.2.1").logIn("alice")).text())
        .startsWith("Too many connections of your account from your address: limit 1");
    granted(door.in("192.0.2.2").logIn("alice"));
  }

  @Test
  void aNewLoginEndsTheOldOneWhateverBecomesOfIt() {
    Door door = Door.of(Map.of(ACCOUNT, Limit.refusing(1)));
    granted(door.in("192.0.2.1").logIn("bob"));
    Slot slot = door.in("192.0.2.2");
    granted(slot.logIn("alice"));
    granted(slot.logIn("alice"));

    refused(slot.logIn("bob"));

    granted(door.in("192.0.2.3").logIn("alice"));
  }

  @Test
  void aListedNetworkIsTreatedByTheSmallestThatHoldsIt() {
    Treatment larger = new Treatment.Allowance(Map.of(PREFIX, Limit.refusing(3)), Map.of());
    Rules rules =
        Door.rules(Map.of(PREFIX, Limit.refusing(1)))
            .withListed(
                List.of(
                    new Rules.Listed(Network.parse("192.0.2.0/24"), larger),
                    new Rules.Listed(Network.parse("192.0.2.128/25"), new Treatment.Exempt())));
    Door door = new Door(rules);
    for (int i = 0; i < 3; i++) {
      door.in("192.0.2.1");
    }
    for (int i = 0; i < 20; i++) {
      door.in("192.0.2.200");
    }
    door.in("198.51.100.1");

    refused(door.arrive("192.0.2.1"));
    refused(door.arrive("198.51.100.1"));
  }

  @Test
  void transfersAreCountedApartFromSessions() {
    Door door = new Door(Door.rules(Map.of()).withTransfers(Map.of(PREFIX, Limit.refusing(1))));
    Slot first = door.in("192.0.2.1");
    Slot second = door.in("192.0.2.1");
    granted(first.logIn("alice"));
    granted(second.logIn("alice"));
    Transfer transfer = granted(first.beginTransfer());

    assertThat(refused(second.beginTransfer()).text())
        .startsWith("Too many transfers at once from your address 192.0.2.1: limit 1, 1 in use.");
    transfer.close();
    Transfer again = granted(first.beginTransfer());
    transfer.close();
    refused(second.beginTransfer());
    again.close();
    Transfer next = granted(second.beginTransfer());
    second.close();
    next.close();

    granted(first.beginTransfer());
  }

  @Test
  void aSlotThatIsClosedDoesNothingMore() {
    Door door = Door.of(Map.of());
    Slot slot = door.in("192.0.2.1");
    slot.close();

    assertThatThrownBy(() -> slot.logIn("alice"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("slot 1 is CLOSED");
    assertThat(door.present()).isZero();
  }

  @Test
  void drainedTheDoorIsClosedToNewcomersWithTheReason() {
    Door door = Door.of(Map.of());
    Slot in = door.in("192.0.2.1");
    granted(in.logIn("alice"));
    door.admission.drain("the server is going down");

    assertThat(refused(door.arrive("192.0.2.1")).text())
        .isEqualTo("No new sessions: the server is going down.");
    granted(in.beginTransfer());
  }
}
