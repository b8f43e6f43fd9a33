package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connections of programs that are no Berths do to a limit: delay, and no more. */
class OutsidersCountTest {
  private static final Account ALICE = new Account("alice");
  private static final LimitSettings SETTINGS = LimitSettings.standard();
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Outsider LFTP = new Outsider.Program(4711, "lftp");

  private final LimitLearner learner = new LimitLearner(SETTINGS);
  private Instant now = START;
  private LimitState state = learner.first(now);

  private static Held held(int berths, int outside) {
    return new Held(berths, berths, berths > 0, Collections.nCopies(outside, LFTP));
  }

  private void refused(int berths, int outside, Stated stated) {
    Refusal full = new Refusal.Limit(Refusal.Scope.ADDRESS, stated, "too many");
    state =
        learner.next(state, new Observation.Refused(ALICE, held(berths, outside), full, 0), now);
  }

  private void worked(int connections) {
    for (int held = 1; held <= connections; held++) {
      state = learner.next(state, new Observation.Opened(ALICE, held(held, 0)), now);
    }
  }

  private void knownLimit(int limit) {
    refused(limit, 0, new Stated.Figure(limit));
    now = now.plus(SETTINGS.pause());
    assertThat(state.address().limit()).isEqualTo(limit);
  }

  private MayOpen mayOpen(int open, int outside) {
    Occupancy places = new Occupancy(0, open, 0, 0, 3, new Outside(outside, START));
    return learner.mayOpen(state, ALICE, places, places, now);
  }

  @Test
  void underALimitOfTwoOneIsOpenedBesideAnother() {
    knownLimit(2);

    assertThat(mayOpen(0, 1)).isInstanceOf(MayOpen.Now.class);
    assertThat(mayOpen(1, 1)).isInstanceOf(MayOpen.NotBefore.class);
    assertThat(mayOpen(1, 0)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void aLimitThatNobodyHasMetIsFoundWhateverOthersHave() {
    assertThat(mayOpen(1, 9)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void theyForbidNothingForEver() {
    knownLimit(1);

    MayOpen answer = mayOpen(0, 3);

    assertThat(answer).isInstanceOf(MayOpen.NotBefore.class);
    now = ((MayOpen.NotBefore) answer).instant();
    assertThat(now).isBefore(START.plus(SETTINGS.longestProbe()).plusSeconds(60));
    assertThat(mayOpen(0, 3)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void whatIsTriedBesideThemIsTriedOneByOne() {
    knownLimit(4);
    now = now.plus(Duration.ofHours(1));
    Occupancy opening = new Occupancy(1, 0, 0, 0, 3, new Outside(4, START));

    assertThat(learner.mayOpen(state, ALICE, opening, opening, now))
        .isInstanceOf(MayOpen.Full.class);
  }

  @Test
  void eachTryThatIsRefusedIsFollowedByALongerPause() {
    state = learner.first(now);
    refused(1, 0, new Stated.Nothing());
    Duration last = Duration.ZERO;
    for (int round = 0; round < 4; round++) {
      MayOpen.NotBefore answer = (MayOpen.NotBefore) mayOpen(0, 1);
      Duration pause = Duration.between(now, answer.instant());
      assertThat(pause).isGreaterThan(last);
      last = pause;
      now = answer.instant();
      refused(0, 1, new Stated.Nothing());
      assertThat(state.address().limit()).isEqualTo(1);
    }
  }

  /** A connection may be dead, its peer long gone: nothing tells it from one that rests. */
  @Test
  void aDeadConnectionHoldsAPlaceForSecondsAndAfterARefusalForMinutes() {
    knownLimit(2);
    MayOpen.NotBefore first = (MayOpen.NotBefore) mayOpen(1, 1);
    assertThat(first.instant()).isEqualTo(START.plus(SETTINGS.firstRecovery()));

    now = first.instant();
    assertThat(mayOpen(1, 1)).isInstanceOf(MayOpen.Now.class);
    for (int round = 0; round < 10; round++) {
      refused(1, 1, new Stated.Figure(2));
      MayOpen.NotBefore next = (MayOpen.NotBefore) mayOpen(1, 1);
      assertThat(Duration.between(now, next.instant()))
          .isBetween(Duration.ofSeconds(20), SETTINGS.longestRecovery());
      now = next.instant();
      assertThat(mayOpen(1, 1)).isInstanceOf(MayOpen.Now.class);
    }
  }

  @Test
  void theyNeverMakeALimitBeLearnedLower() {
    refused(1, 2, new Stated.Nothing());

    assertThat(state.address().limit()).isEqualTo(3);
    assertThat(state.address().evidence().words()).contains("pid 4711 `lftp` and 1 more");
  }

  @Test
  void aKnownLimitStaysHoweverLongTheyHoldTheRest() {
    worked(4);
    refused(4, 0, new Stated.Nothing());
    for (int round = 0; round < 20; round++) {
      now = now.plus(Duration.ofMinutes(7));
      refused(1, 3, new Stated.Nothing());
    }

    assertThat(state.address().limit()).isEqualTo(4);
    assertThat(state.address().room()).isEqualTo(4);
  }

  @Test
  void aKnownLimitStaysWhereAnUnseenOneHeldSomeOnceToo() {
    worked(4);
    refused(4, 0, new Stated.Nothing());
    now = now.plus(Duration.ofMinutes(1));
    refused(1, 0, new Stated.Nothing());
    assertThat(state.address().room()).isEqualTo(1);
    for (int round = 0; round < 20; round++) {
      now = now.plus(Duration.ofMinutes(7));
      refused(1, 1, new Stated.Nothing());
    }

    assertThat(state.address().limit()).isEqualTo(4);
  }

  @Test
  void whatIsSetByHandStaysWhateverTheServerSays() {
    state = LimitState.set(3, now);

    refused(2, 0, new Stated.Figure(2));
    assertThat(state.address().limit()).isEqualTo(3);
    assertThat(state.address().evidence().kind()).isEqualTo(Evidence.Kind.SET);
    assertThat(state.address().room()).isEqualTo(2);

    state = learner.resume(LimitState.set(3, now), now.plus(Duration.ofDays(400)));
    refused(3, 0, new Stated.Figure(9));
    assertThat(state.address().limit()).isEqualTo(3);
    now = now.plus(Duration.ofDays(401));
    assertThat(mayOpen(3, 0)).isInstanceOf(MayOpen.Full.class);
  }

  @Test
  void whatWasDecidedLaterStands() {
    LimitState set = LimitState.set(3, now);
    knownLimit(7);
    assertThat(LimitMerge.of(state, set).address().limit()).isEqualTo(3);
    assertThat(LimitMerge.of(set, state).address().limit()).isEqualTo(3);

    LimitState forgotten = LimitState.forgotten(now.plusSeconds(1));
    assertThat(LimitMerge.of(set, forgotten).address().evidence().kind())
        .isEqualTo(Evidence.Kind.SEED);
    assertThat(LimitMerge.of(state, forgotten).address().evidence().kind())
        .isEqualTo(Evidence.Kind.SEED);
  }

  @Test
  void aDecisionIsReadAsItWasWritten() {
    BudgetName name = BudgetName.of("ftp.example.com", 21);
    LimitState set = LimitState.set(3, now);

    assertThat(LimitFile.read(name, LimitFile.write(name, set))).isEqualTo(set);
  }

  @Test
  void theLowerOfWhatIsConfiguredAndSeenIsBelieved() {
    knownLimit(4);

    assertThat(state.address().under(2).limit()).isEqualTo(2);
    assertThat(state.address().under(2).evidence().kind()).isEqualTo(Evidence.Kind.CONFIGURED);
    assertThat(state.address().under(9).limit()).isEqualTo(4);
    assertThat(learner.first(now).address().under(9).room()).isEqualTo(9);
  }

  @Test
  void anExplanationNamesThem() {
    Snapshot snapshot =
        new Snapshot(
            BudgetName.of("ftp.example.com", 21),
            now,
            state,
            List.of(),
            List.of(),
            List.of(),
            Collections.nCopies(7, LFTP),
            false);

    assertThat(
            new Explanation(new Ticket(1, Wish.of(ALICE, "get"), now), "why", snapshot).sentence())
        .contains("held by pid 4711 `lftp`, and pid 4711")
        .contains("and 2 more");
  }
}
