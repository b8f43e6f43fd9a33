package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void theExampleOpensAConnection() throws Exception {
    LimitSettings settings = LimitSettings.standard();
    SteadyClock clock = SteadyClock.startingNow();
    LimitState known = new LimitLearner(settings).first(clock.instant());
    Budget<Socket> budget =
        new Budget<>(
            BudgetName.of("ftp.example.com", 21),
            settings,
            clock,
            RandomGenerator.getDefault(),
            known);
    Ticket ticket = budget.ticket(new Account("alice"), "mirror /pub");
    switch (budget.take(ticket, Deadline.after(Duration.ofSeconds(40)))) {
      case Grant.Reuse<Socket>(Permit<Socket> permit) -> work(permit);
      case Grant.Open<Socket>(Permit<Socket> permit) -> connect(permit);
      case Grant.Evict<Socket>(Permit<Socket> permit) -> close(permit);
      case Grant.TimedOut<Socket>(Explanation why) -> report(why.sentence());
      case Grant.Closed<Socket> closed -> report("shutting down");
    }

    assertThat(done).containsExactly("opened, parked KEPT");
  }

  private void connect(Permit<Socket> permit) {
    permit.opened(new Socket());
    done.add("opened, parked " + permit.park());
  }

  private void work(Permit<Socket> permit) {
    done.add("worked, parked " + permit.park());
  }

  private void close(Permit<Socket> permit) {
    permit.left();
    done.add("closed");
  }

  private void report(String sentence) {
    done.add(sentence);
  }
}
