package dev.berth.cli;

import dev.berth.limits.Standing;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows one look below the other, in a file or a pipe, until nobody reads any more. */
final class PlainScreen implements Screen {
  private final PrintStream out;
  private final CountDownLatch never = new CountDownLatch(1);

  PlainScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(List<Standing> all, Instant now) {
    out.println(now.truncatedTo(ChronoUnit.SECONDS) + " " + TopText.summary(all));
    all.forEach(standing -> StandingText.lines(standing, now).forEach(out::println));
    out.println();
    out.flush();
  }

  @Override
  public boolean awaits(Duration interval) throws InterruptedException {
    return !out.checkError() && !never.await(interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    out.flush();
  }
}
