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
 * LimitSettings settings = LimitSettings.standard();
 * SteadyClock clock = SteadyClock.startingNow();
 * LimitState known = new LimitLearner(settings).first(clock.instant());
 * Budget<Socket> budget =
 *     new Budget<>(
 *         BudgetName.of("ftp.example.com", 21), settings, clock, RandomGenerator.getDefault(), known);
 * Ticket ticket = budget.ticket(new Account("alice"), "mirror /pub");
 * switch (budget.take(ticket, Deadline.after(Duration.ofSeconds(40)))) {
 *   case Grant.Reuse<Socket>(Permit<Socket> permit) -> work(permit);
 *   case Grant.Open<Socket>(Permit<Socket> permit) -> connect(permit); // then opened() or refused()
 *   case Grant.Evict<Socket>(Permit<Socket> permit) -> close(permit); // then left(), and take again
 *   case Grant.TimedOut<Socket>(Explanation why) -> report(why.sentence());
 *   case Grant.Closed<Socket> closed -> report("shutting down");
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.limits;

import org.jspecify.annotations.NullMarked;
