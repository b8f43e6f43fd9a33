/**
 * Who may come in to a server of ours, and how many: rules, counts, what happens at a limit, failed
 * logins. No socket, no thread of its own.
 *
 * <p>Read in this order: {@link dev.berth.admission.Rules} (what can be set), {@link
 * dev.berth.admission.Admission} (the one to ask), {@link dev.berth.admission.Verdict} (what it
 * answers), {@link dev.berth.admission.Slot} (the place of one session, from accept to end), {@link
 * dev.berth.admission.LoginGuard} (failed logins).
 *
 * <pre>{@code
 * import dev.berth.admission.Admission;
 * import dev.berth.admission.Limit;
 * import dev.berth.admission.LimitScope;
 * import dev.berth.admission.Rules;
 * import dev.berth.admission.Slot;
 * import dev.berth.admission.Verdict;
 * import dev.berth.lifetime.Deadline;
 * import dev.berth.lifetime.SteadyClock;
 * import java.net.InetAddress;
 * import java.time.Duration;
 * import java.util.Map;
 *
 * class TwoOfAnAddress {
 *   public static void main(String[] arguments) throws Exception {
 *     Rules rules =
 *         Rules.standard().withConnections(Map.of(LimitScope.PREFIX, Limit.refusing(2)));
 *     Admission admission = new Admission(rules, SteadyClock.startingNow());
 *     for (int i = 0; i < 3; i++) {
 *       greet(admission.arrive(InetAddress.getByName("192.0.2.7"), "ftp"));
 *     }
 *   }
 *
 *   static void greet(Verdict<Slot> verdict) throws InterruptedException {
 *     switch (verdict) {
 *       case Verdict.Granted<Slot>(Slot slot) ->
 *           System.out.println("220 ready"); // slot.logIn, ..., and slot.close at its end
 *       case Verdict.TurnedAway<Slot>(var refusal, var heldBack, var inStorm) ->
 *           System.out.println("421 " + refusal.text());
 *       case Verdict.Waits<Slot>(var turn, int position, var full) -> {
 *         System.out.println("220-Waiting, position " + position);
 *         greet(turn.await(Deadline.after(Duration.ofSeconds(5))));
 *       }
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.admission;

import org.jspecify.annotations.NullMarked;
