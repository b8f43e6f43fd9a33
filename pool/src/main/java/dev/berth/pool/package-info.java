/**
 * Upstream connections under a budget: leases, reuse, retirement.
 *
 * <p>Read in this order: {@link dev.berth.pool.ConnectionPool} (who asks, gets what), {@link
 * dev.berth.pool.Leasing} (the answers), {@link dev.berth.pool.Lease} (a connection lent), and
 * inside {@code Opener} (what a refusal leads to) and {@code FirstLogin} (a wrong password is sent
 * once).
 *
 * <pre>{@code
 * switch (pool.lease("list /pub", Deadline.after(Duration.ofSeconds(40)))) {
 *   case Leasing.Leased(Lease lease) -> {
 *     try (lease) {
 *       show(lease.connection().list(new RemotePath("/pub")).entries());
 *     }
 *   }
 *   case Leasing.TimedOut(String explanation) -> report(explanation);
 *   case Leasing.Refused refused -> report(refused.refusal().words());
 *   case Leasing.Unreachable(String reason) -> report(reason);
 *   case Leasing.Closed closed -> report("shutting down");
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.pool;

import org.jspecify.annotations.NullMarked;
