/**
 * Upstream connections under a budget: leases, reuse, retirement.
 *
 * <p>Read in this order: {@link dev.berth.pool.ConnectionPool} (who asks, gets what), {@link
 * dev.berth.pool.PoolSettings} (what a pool of one's own is like), {@link dev.berth.pool.Leasing}
 * (the answers), {@link dev.berth.pool.Lease} (a connection lent), and inside {@code Opener} (what
 * a refusal leads to) and {@code FirstLogin} (a wrong password is sent once).
 *
 * <p>Any number of threads may lease at once; who gets no connection yet waits for its turn:
 *
 * <pre>{@code
 * import dev.berth.client.ConnectSettings;
 * import dev.berth.client.Login;
 * import dev.berth.lifetime.Deadline;
 * import dev.berth.pool.ConnectionPool;
 * import dev.berth.pool.Lease;
 * import dev.berth.pool.PoolSettings;
 * import dev.berth.wire.RemotePath;
 * import java.time.Duration;
 *
 * class ListFolder {
 *   public static void main(String[] arguments) throws Exception {
 *     var server = ConnectSettings.of(arguments[0], Integer.parseInt(arguments[1]));
 *     var within = Deadline.after(Duration.ofSeconds(40));
 *     try (ConnectionPool pool = ConnectionPool.open(PoolSettings.of(server, Login.anonymous()));
 *         Lease lease = pool.lease("list /pub", within).orElseThrow()) {
 *       var listing = lease.connection().list(new RemotePath("/pub"));
 *       listing.entries().forEach(entry -> System.out.println(entry.name()));
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.pool;

import org.jspecify.annotations.NullMarked;
