package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.server.Usage.Amount;
import dev.berth.session.Denial;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The count of a home folder, and who stores while it goes on. */
final class UsageTest {
  private static final Quota TEN = new Quota(new Bound.AtMost(10), new Bound.None());
  private static final Amount FIVE = new Amount(5, 1);

  private final Usage usage = new Usage();
  private final AtomicInteger counts = new AtomicInteger();

  private Amount disturbedCount() throws Denial {
    counts.incrementAndGet();
    Usage.Charge charge = usage.begin(Quota.NONE, 0, true); // An account without a quota.
    charge.take(5);
    charge.stays();
    return FIVE; // The walk has seen it too.
  }

  private Amount atRest() {
    counts.incrementAndGet();
    return FIVE;
  }

  @Test
  void whatIsStoredWhileItIsCountedIsCountedOnceInTheEnd() throws Exception {
    usage.know(this::disturbedCount);
    usage.know(this::atRest);
    usage.know(this::atRest);

    assertThat(usage.left(TEN)).hasValue(5);
    assertThat(counts).as("the second was at rest").hasValue(2);
  }

  @Test
  void whatIsStoredAfterwardsNeedsNoSecondCount() throws Exception {
    usage.know(this::atRest);
    Usage.Charge charge = usage.begin(TEN, 0, true);
    charge.take(2);
    charge.stays();
    usage.know(this::atRest);

    assertThat(usage.left(TEN)).hasValue(3);
    assertThat(counts).hasValue(1);
  }

  @Test
  void nobodyCountsAgainWhileSomebodyStores() throws Exception {
    usage.know(this::disturbedCount);
    Usage.Charge charge = usage.begin(TEN, 0, true);
    usage.know(this::atRest);
    assertThat(counts).hasValue(1);

    charge.stays();
    usage.know(this::atRest);
    assertThat(counts).hasValue(2);
  }

  @Test
  void homeThatNeverRestsIsNotCountedForEver() throws Exception {
    for (int i = 0; i < 20; i++) {
      usage.know(this::disturbedCount);
    }
    assertThat(counts.get()).isLessThan(5);
  }
}
