package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose turn it is, by what each has had. */
class SharesTest {
  private static final Account ALICE = new Account("alice");
  private static final Account BOB = new Account("bob");

  private final Shares shares = new Shares();
  private final Instant now = Instant.EPOCH;
  private long number;

  private Ticket ticket(Account account, Share share, Wish.Use use) {
    number++;
    return new Ticket(number, new Wish(account, "test", Wish.Wanted.ANY, use, share), now);
  }

  private Ticket of(Account account, String client) {
    return ticket(account, new Share(client, 1, 1), Wish.Use.LONG);
  }

  private List<Ticket> order(Ticket... tickets) {
    return shares.order(List.of(tickets), List.of(), now);
  }

  private void serve(Ticket ticket, Duration time) {
    shares.served(ticket);
    shares.had(ticket, time);
  }

  @Test
  void amongEqualsWhoCameFirstIsFirst() {
    Ticket first = of(ALICE, "x");
    Ticket second = of(ALICE, "x");

    assertThat(order(second, first)).containsExactly(first, second);
  }

  @Test
  void whoHadLessIsServedBeforeWhoCameEarlier() {
    serve(of(ALICE, "x"), Duration.ofSeconds(3));
    Ticket alice = of(ALICE, "x");
    Ticket bob = of(BOB, "y");

    assertThat(order(alice, bob)).containsExactly(bob, alice);
  }

  @Test
  void whatIsHeldJustNowCounts() {
    Place<String> place = new Place<>(of(ALICE, "x"), now, new Held(0, 0, false, List.of()));
    Ticket alice = of(ALICE, "x");
    Ticket bob = of(BOB, "y");

    assertThat(shares.order(List.of(alice, bob), List.of(place), now)).containsExactly(bob, alice);
  }

  @Test
  void whoMovedNothingGoesBehindWhoHadFourTimesAsMuch() {
    Ticket stalled = of(ALICE, "x");
    serve(stalled, Duration.ofSeconds(1));
    shares.stoodStill(stalled, Duration.ofSeconds(1));
    serve(of(ALICE, "z"), Duration.ofSeconds(4));
    Ticket again = of(ALICE, "x");
    Ticket other = of(ALICE, "z");

    assertThat(order(again, other)).containsExactly(other, again);
  }

  @Test
  void thatAClientMovedNothingIsNotHeldAgainstItsAccount() {
    Ticket stalled = of(ALICE, "x");
    serve(stalled, Duration.ofSeconds(1));
    shares.stoodStill(stalled, Duration.ofSeconds(1));
    serve(of(BOB, "y"), Duration.ofSeconds(4));
    Ticket alice = of(ALICE, "z");
    Ticket bob = of(BOB, "y");

    assertThat(order(bob, alice)).containsExactly(alice, bob);
  }

  @Test
  void accountsAreServedAlikeHoweverManyClientsTheyHave() {
    serve(of(ALICE, "x"), Duration.ofSeconds(3));
    Ticket fresh = of(ALICE, "never seen");
    Ticket bob = of(BOB, "y");

    assertThat(order(fresh, bob)).containsExactly(bob, fresh);
  }

  @Test
  void withinAnAccountClientsAreServedAlike() {
    serve(of(ALICE, "x"), Duration.ofSeconds(3));
    Ticket again = of(ALICE, "x");
    Ticket other = of(ALICE, "z");

    assertThat(order(again, other)).containsExactly(other, again);
  }

  @Test
  void aNewcomerIsNotOwedWhatOthersHadBeforeItCame() {
    Ticket alice = of(ALICE, "x");
    serveAlways(List.of(alice), 100);
    Ticket bob = of(BOB, "y");

    Map<Account, Duration> had = serveAlways(List.of(alice, bob), 100);

    assertThat(had.get(ALICE)).isBetween(Duration.ofSeconds(49), Duration.ofSeconds(51));
  }

  @Test
  void weightsAreKept() {
    Ticket alice = ticket(ALICE, new Share("x", 3, 1), Wish.Use.LONG);
    Ticket bob = ticket(BOB, new Share("y", 1, 1), Wish.Use.LONG);

    Map<Account, Duration> had = serveAlways(List.of(alice, bob), 400);

    assertThat(had.get(ALICE)).isBetween(Duration.ofSeconds(298), Duration.ofSeconds(302));
  }

  /** So many times whoever is first has a second. */
  private Map<Account, Duration> serveAlways(List<Ticket> tickets, int times) {
    Map<Account, Duration> had = new HashMap<>();
    for (int i = 0; i < times; i++) {
      Ticket first = shares.order(tickets, List.of(), now).getFirst();
      serve(first, Duration.ofSeconds(1));
      had.merge(first.account(), Duration.ofSeconds(1), Duration::plus);
    }
    return had;
  }

  @Test
  void briefUsesGoFirstForASecondInAllThenALongOneHasItsTurn() {
    Ticket transfer = of(ALICE, "x");
    Ticket brief = ticket(ALICE, new Share("y", 1, 1), Wish.Use.BRIEF);
    assertThat(order(transfer, brief)).containsExactly(brief, transfer);

    serve(brief, Duration.ofMillis(999));
    assertThat(order(transfer, brief)).containsExactly(brief, transfer);
    serve(brief, Duration.ofMillis(1));
    assertThat(order(transfer, brief)).containsExactly(transfer, brief);

    serve(transfer, Duration.ofSeconds(9));
    assertThat(order(transfer, brief)).containsExactly(brief, transfer);
  }

  @Test
  void ofTenThousandClientsThatCameAndWentFewAreKept() {
    for (int i = 0; i < 10_000; i++) {
      Ticket one = of(ALICE, "client " + i);
      serve(one, Duration.ofMillis(1));
      if (shares.areMany()) {
        shares.forgetBut(List.of(one));
      }
    }

    assertThat(shares.kept()).isLessThan(2000);
  }
}
