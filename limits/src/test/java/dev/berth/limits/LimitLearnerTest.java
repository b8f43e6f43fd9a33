package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Refusal.Scope;
import dev.berth.dialects.Stated;
import dev.berth.limits.Evidence.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitLearnerTest {
  private static final Account ALICE = new Account("alice");
  private static final Account BOB = new Account("bob");
  private static final Stated NOTHING = new Stated.Nothing();

  private final LimitSettings settings = LimitSettings.standard();
  private final LimitLearner learner = new LimitLearner(settings);
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private LimitState state = learner.first(now);

  @Test
  void growsByOneForEachSuccessWhileNothingWasRefused() {
    for (int held = 1; held <= 5; held++) {
      assertThat(ask(held - 1)).isInstanceOf(MayOpen.Now.class);
      opened(held);
    }

    assertThat(state.address().limit()).isEqualTo(5);
    assertThat(state.address().evidence().kind()).isEqualTo(Kind.GROWN);
  }

  @Test
  void triesOneAtATimeWhileNothingIsKnown() {
    Occupancy oneOpening = new Occupancy(1, 0, 0, 0, 8);

    assertThat(learner.mayOpen(state, ALICE, oneOpening, oneOpening, now))
        .isInstanceOf(MayOpen.Full.class);
  }

  @Test
  void aRefusalWithoutANumberMakesTheLimitTheNumberHeld() {
    opened(1);
    opened(2);
    refused(2, Scope.ADDRESS, NOTHING);

    assertThat(state.address().limit()).isEqualTo(2);
    assertThat(state.address().evidence().kind()).isEqualTo(Kind.COUNTED);
    assertThat(learner.ceiling(state)).isEqualTo(2);
  }

  @Test
  void aLimitOfOneCostsOneRefusal() {
    opened(1);
    refused(1, Scope.ADDRESS, NOTHING);
    now = now.plusSeconds(10);

    assertThat(state.address().limit()).isEqualTo(1);
    assertThat(ask(1)).isInstanceOf(MayOpen.NotBefore.class);
    assertThat(ask(0)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void whoAsksWhatIsTrueTodayMayTryOneMoreAtOnceButForThePause() {
    opened(1);
    refused(1, Scope.ADDRESS, NOTHING);
    state = state.dueForProbe(now);

    assertThat(ask(1)).isInstanceOf(MayOpen.NotBefore.class);
    now = now.plusSeconds(10);
    assertThat(ask(1)).isInstanceOf(MayOpen.Now.class);
    assertThat(state.address().limit()).isEqualTo(1);
  }

  @Test
  void aStatedNumberWinsOverTheCount() {
    opened(1);
    refused(1, Scope.ADDRESS, new Stated.Figure(3));

    assertThat(state.address().limit()).isEqualTo(3);
    assertThat(state.address().room()).isEqualTo(1);
    assertThat(state.address().evidence().kind()).isEqualTo(Kind.STATED);
    assertThat(state.address().missing()).isEqualTo(2);
  }

  @Test
  void aStatedZeroIsNoCeiling() {
    refused(0, Scope.ADDRESS, new Stated.Figure(0));

    assertThat(state.address().limit()).isEqualTo(2);
    assertThat(state.address().room()).isEqualTo(1);
  }

  @Test
  void everyRefusalPausesTheWholeBudgetForTwoSecondsAndJitter() {
    grow(2);
    refused(2, Scope.ADDRESS, NOTHING, 1.0);

    assertNotBefore(ask(0, BOB), now.plusMillis(3000));
    now = now.plusMillis(3000);
    assertThat(ask(0, BOB)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void aRefusalBelowAKnownLimitKeepsTheLimitAndLowersTheRoom() {
    countedLimit(8);
    now = now.plus(settings.fade());
    refused(6, Scope.ADDRESS, NOTHING);

    assertThat(state.address().limit()).isEqualTo(8);
    assertThat(state.address().room()).isEqualTo(6);
    now = now.plusSeconds(3);
    assertThat(ask(5)).isInstanceOf(MayOpen.Now.class);
    assertNotBefore(ask(6), now.plusSeconds(17));
  }

  @Test
  void missingPlacesAreTriedAgainEverLaterButWithinTheIdleTime() {
    countedLimit(8);
    refused(6, Scope.ADDRESS, new Stated.Figure(8));
    Instant faded = now.plus(settings.fade());
    Duration last = Duration.ZERO;
    while (state.address().raiseAt().isBefore(faded)) {
      Duration pause = Duration.between(now, state.address().raiseAt());
      assertThat(pause).isBetween(last, settings.longestRecovery());
      last = pause;
      now = state.address().raiseAt();
      refused(6, Scope.ADDRESS, new Stated.Figure(8));
    }
    assertThat(last).isGreaterThan(Duration.ofMinutes(2));
    assertThat(state.address().missing()).isEqualTo(2);
  }

  @Test
  void aCountedLimitFadesWhenTheServerGivesLessForLong() {
    countedLimit(8);
    refused(3, Scope.ADDRESS, NOTHING);
    now = now.plus(settings.fade());
    refused(3, Scope.ADDRESS, NOTHING);

    assertThat(state.address().limit()).isEqualTo(3);
  }

  @Test
  void aStatedLimitDoesNotFade() {
    grow(2);
    refused(2, Scope.ADDRESS, new Stated.Figure(5));
    now = now.plus(settings.fade());
    refused(2, Scope.ADDRESS, new Stated.Figure(5));

    assertThat(state.address().limit()).isEqualTo(5);
  }

  @Test
  void refusedWithNothingHeldPausesGrowFromTwoSeconds() {
    Duration before = Duration.ZERO;
    for (int i = 0; i < 12; i++) {
      refused(0, Scope.ADDRESS, NOTHING);
      Duration pause = Duration.between(now, state.pace().until());
      assertThat(pause).isGreaterThanOrEqualTo(before);
      assertThat(pause).isLessThanOrEqualTo(settings.longestRecovery());
      before = pause;
      now = state.pace().until();
    }
    assertThat(before).isEqualTo(settings.longestRecovery());
    assertThat(state.address().limit()).isEqualTo(2);
  }

  @Test
  void refusalsOfOneBurstCountOnce() {
    countedLimit(8);
    refused(4, Scope.ADDRESS, NOTHING);
    Pace first = state.pace();
    refused(3, Scope.ADDRESS, NOTHING);

    assertThat(state.pace().until()).isEqualTo(first.until());
    assertThat(state.pace().refusals()).isEqualTo(1);
  }

  @Test
  void probesOneMoreAfterAMinuteAndDoublesToHalfAnHour() {
    grow(2);
    refused(2, Scope.ADDRESS, NOTHING);
    Duration[] pauses = new Duration[8];
    for (int i = 0; i < pauses.length; i++) {
      Instant next = state.address().raiseAt();
      pauses[i] = Duration.between(now, next);
      now = next;
      assertThat(ask(2)).isInstanceOf(MayOpen.Now.class);
      refused(2, Scope.ADDRESS, NOTHING);
    }
    assertThat(pauses)
        .startsWith(
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(240),
            Duration.ofSeconds(480))
        .endsWith(Duration.ofMinutes(30));
  }

  @Test
  void aProbeThatSucceedsRaisesTheLimitAndStartsOver() {
    countedLimit(2);
    now = state.address().raiseAt();
    refused(2, Scope.ADDRESS, NOTHING);
    now = state.address().raiseAt();
    opened(3);

    assertThat(state.address().limit()).isEqualTo(3);
    assertThat(state.address().evidence().kind()).isEqualTo(Kind.PROBED);
    assertNotBefore(ask(3), now.plusSeconds(60));
  }

  @Test
  void nobodyProbesWithoutDemandOrWhilePlacesSettle() {
    countedLimit(2);
    now = now.plusSeconds(100);

    Occupancy noDemand = new Occupancy(0, 2, 0, 0, 0);
    Occupancy settling = new Occupancy(0, 1, 0, 1, 5);
    assertThat(learner.mayOpen(state, ALICE, noDemand, noDemand, now))
        .isInstanceOf(MayOpen.Full.class);
    assertThat(learner.mayOpen(state, ALICE, settling, settling, now))
        .isInstanceOf(MayOpen.Full.class);
  }

  @Test
  void aStatedLimitIsProbedRarely() {
    grow(2);
    refused(2, Scope.ADDRESS, new Stated.Figure(2));

    assertNotBefore(ask(2), now.plus(settings.longestProbe()));
  }

  @Test
  void aConfiguredLimitIsNeverExceeded() {
    LimitLearner told = new LimitLearner(settings.withConfigured(3));
    LimitState known = told.first(now);
    Occupancy full = new Occupancy(0, 3, 0, 0, 9);

    assertThat(told.mayOpen(known, ALICE, full, full, now.plusSeconds(99_999)))
        .isInstanceOf(MayOpen.Full.class);
    Occupancy opening = new Occupancy(2, 0, 0, 0, 9);
    assertThat(told.mayOpen(known, ALICE, opening, opening, now)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void anAccountHasItsOwnCeiling() {
    grow(4);
    see(
        new Observation.Refused(
            ALICE, new Held(4, 2), limit(Scope.ACCOUNT, new Stated.Figure(2)), 0));
    now = now.plusSeconds(5);

    Occupancy all = new Occupancy(0, 4, 0, 0, 3);
    assertThat(learner.mayOpen(state, ALICE, all, new Occupancy(0, 2, 0, 0, 3), now))
        .isInstanceOf(MayOpen.NotBefore.class);
    assertThat(learner.mayOpen(state, BOB, all, new Occupancy(0, 2, 0, 0, 3), now))
        .isInstanceOf(MayOpen.Now.class);
    assertThat(state.address().limit()).isEqualTo(4);
  }

  @Test
  void aFullServerPausesButDoesNotLowerAKnownLimit() {
    countedLimit(8);
    refused(3, Scope.SERVER, NOTHING);

    assertThat(state.address().room()).isEqualTo(8);
    assertThat(state.pace().isOn(now)).isTrue();
  }

  @Test
  void aFullServerThatIsAllOursStatesOurLimit() {
    grow(2);
    refused(2, Scope.SERVER, new Stated.Figure(2));

    assertThat(state.address().limit()).isEqualTo(2);
    assertThat(state.address().evidence().kind()).isEqualTo(Kind.STATED);
  }

  @Test
  void aServerWideNumberAboveOursIsNotOurLimit() {
    countedLimit(8);
    refused(3, Scope.SERVER, new Stated.Figure(200));

    assertThat(state.address().limit()).isEqualTo(8);
  }

  @Test
  void overloadStopsGrowthAndPauses() {
    grow(3);
    see(refusal(3, new Refusal.Overload("421 load too high")));

    assertThat(state.address().limit()).isEqualTo(3);
    assertThat(state.address().evidence().kind()).isEqualTo(Kind.SUSPECTED);
    assertThat(state.pace().isOn(now)).isTrue();
  }

  @Test
  void silenceBesideWorkingConnectionsSuspectsALimitAndPausesHalfAMinute() {
    // ProFTPD MaxInstances 3 closes the fourth without a word.
    grow(3);
    see(refusal(3, new Refusal.Silent("(closed without a word)")));

    assertThat(state.address().limit()).isEqualTo(3);
    assertNotBefore(ask(2), now.plusSeconds(30));
    now = now.plusSeconds(30);
    assertThat(ask(2)).isInstanceOf(MayOpen.Now.class);
    assertNotBefore(ask(3), now.plusSeconds(30));
  }

  @Test
  void silenceWithNothingHeldPausesFromSecondsToMinutesAndTeachesNoLimit() {
    int[] seconds = {2, 6, 18, 54, 162, 486, 600, 600};
    for (int expected : seconds) {
      see(new Observation.Unreachable(ALICE, new Held(0, 0), "timed out", 0));
      assertThat(Duration.between(now, state.pace().until())).hasSeconds(expected);
      now = state.pace().until();
    }
    assertThat(state.address())
        .isEqualTo(learner.first(Instant.parse("2026-11-22T12:00:00Z")).address());
  }

  @Test
  void aBanPauseDoublesUntilSomethingGetsIn() {
    countedLimit(3);
    see(refusal(3, new Refusal.Silent("(reset)")));
    now = state.pace().until();
    see(refusal(2, new Refusal.Silent("(reset)")));
    assertThat(Duration.between(now, state.pace().until())).hasSeconds(60);
    now = state.pace().until();
    opened(3);
    see(refusal(3, new Refusal.Silent("(reset)")));
    assertThat(Duration.between(now, state.pace().until())).hasSeconds(30);
  }

  @Test
  void otherRefusalsTeachNothing() {
    LimitState before = state;
    see(refusal(1, new Refusal.LoginFailure("530 Login incorrect.")));
    see(refusal(1, new Refusal.Unclear("530 Sorry")));
    see(refusal(1, new Refusal.Denied("530 no")));
    see(refusal(1, new Refusal.TlsRequired("421 TLS")));
    see(refusal(1, new Refusal.Quota("552 full")));
    see(refusal(1, new Refusal.DataLimit("550 enough")));
    see(refusal(1, new Refusal.IdleTimeout(NOTHING, "421 Timeout.")));

    assertThat(state).isEqualTo(before);
  }

  @Test
  void aRememberedLimitIsUsedAtOnceAndNotProbedAtOnce() {
    countedLimit(2);
    now = now.plusSeconds(600);
    state = learner.resume(state, now);

    Occupancy one = new Occupancy(1, 0, 0, 0, 8);
    assertThat(learner.mayOpen(state, ALICE, one, one, now)).isInstanceOf(MayOpen.Now.class);
    assertNotBefore(ask(2), now.plusSeconds(60));
  }

  @Test
  void aLimitRememberedForTooLongIsAGuess() {
    countedLimit(2);
    now = now.plus(Duration.ofDays(31));
    state = learner.resume(state, now);

    assertThat(state.address().evidence().kind()).isEqualTo(Kind.SEED);
    assertThat(ask(2)).isInstanceOf(MayOpen.Now.class);
  }

  @Test
  void placesMissingYesterdayAreThereToday() {
    countedLimit(8);
    refused(1, Scope.ADDRESS, NOTHING);
    now = now.plus(Duration.ofHours(20));
    state = learner.resume(state, now);

    assertThat(state.address().room()).isEqualTo(8);
  }

  @Test
  void aConfiguredLimitWinsOverARememberedOne() {
    countedLimit(2);
    LimitState resumed = new LimitLearner(settings.withConfigured(4)).resume(state, now);

    assertThat(resumed.address().limit()).isEqualTo(4);
    assertThat(resumed.address().evidence().kind()).isEqualTo(Kind.CONFIGURED);
  }

  @ParameterizedTest
  @CsvSource({
    "P400D, 0, PT2S", // a clock that was a year ahead
    "P400D, 3, PT30S",
    "PT8M, 0, PT2S", // longer than any pause after refusals
    "PT7M, 0, PT7M",
    "PT46M, 1, PT30S", // longer than any pause after silence
    "PT44M, 1, PT44M",
  })
  void aRememberedPauseLongerThanTheLongestBeginsAnew(
      Duration ahead, int silences, Duration expected) {
    Pace far = new Pace(now.plus(ahead), 3, silences, "clock was wrong");
    state = learner.resume(new LimitState(state.address(), state.accounts(), far), now);

    assertThat(state.pace().until()).isEqualTo(now.plus(expected));
  }

  private void grow(int to) {
    for (int held = 1; held <= to; held++) {
      opened(held);
    }
  }

  private void countedLimit(int limit) {
    grow(limit);
    refused(limit, Scope.ADDRESS, NOTHING);
    now = state.pace().until();
    opened(limit);
  }

  private void opened(int held) {
    see(new Observation.Opened(ALICE, new Held(held, held)));
  }

  private void refused(int held, Scope scope, Stated stated) {
    refused(held, scope, stated, 0);
  }

  private void refused(int held, Scope scope, Stated stated, double jitter) {
    see(new Observation.Refused(ALICE, new Held(held, held), limit(scope, stated), jitter));
  }

  private static Refusal limit(Scope scope, Stated stated) {
    return new Refusal.Limit(scope, stated, "421 Too many connections");
  }

  private static Observation refusal(int held, Refusal refusal) {
    return new Observation.Refused(ALICE, new Held(held, held), refusal, 0);
  }

  private void see(Observation seen) {
    state = learner.next(state, seen, now);
  }

  private MayOpen ask(int open) {
    return ask(open, ALICE);
  }

  private MayOpen ask(int open, Account account) {
    Occupancy places = new Occupancy(0, open, 0, 0, 1);
    return learner.mayOpen(state, account, places, places, now);
  }

  private static void assertNotBefore(MayOpen answer, Instant expected) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            MayOpen.NotBefore.class, later -> assertThat(later.instant()).isEqualTo(expected));
  }
}
