/**
 * How many connections: limits set and learned, budgets, permits, fair queues, pace, memory.
 *
 * <p>Read in this order: {@link dev.berth.limits.LimitLearner} (how a limit is found), {@link
 * dev.berth.limits.Ceiling} (a limit, and what of it there is just now), {@link
 * dev.berth.limits.Budget} (who has a connection, who waits), {@link dev.berth.limits.Grant} and
 * {@link dev.berth.limits.Permit} (what one gets, and the life of a connection), {@link
 * dev.berth.limits.LimitMemory} (between runs).
 *
 * <pre>{@code
 * import dev.berth.lifetime.Deadline;
 * import dev.berth.lifetime.SteadyClock;
 * import dev.berth.limits.Account;
 * import dev.berth.limits.Budget;
 * import dev.berth.limits.BudgetName;
 * import dev.berth.limits.Grant;
 * import dev.berth.limits.LimitLearner;
 * import dev.berth.limits.LimitSettings;
 * import dev.berth.limits.Ticket;
 * import java.time.Duration;
 * import java.util.random.RandomGenerator;
 *
 * class TakePlace {
 *   public static void main(String[] arguments) throws Exception {
 *     LimitSettings settings = LimitSettings.standard();
 *     SteadyClock clock = SteadyClock.startingNow();
 *     Budget<String> budget =
 *         new Budget<>(
 *             BudgetName.of("ftp.example.com", 21),
 *             settings,
 *             clock,
 *             RandomGenerator.getDefault(),
 *             new LimitLearner(settings).first(clock.instant()));
 *     Ticket ticket = budget.ticket(new Account("alice"), "mirror /pub");
 *     switch (budget.take(ticket, Deadline.after(Duration.ofSeconds(40)))) {
 *       case Grant.Open<String> open -> {
 *         open.permit().opened("a connection"); // or refused(), with what the server said
 *         System.out.println("opened, then " + open.permit().park());
 *       }
 *       case Grant.Reuse<String> reuse -> System.out.println(reuse.permit().connection());
 *       case Grant.Evict<String> evict -> evict.permit().left(); // once it is closed; then take again
 *       case Grant.TimedOut<String> late -> System.out.println(late.explanation().sentence());
 *       case Grant.Closed<String> closed -> System.out.println("shutting down");
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.limits;

import org.jspecify.annotations.NullMarked;
