/**
 * Whole jobs on a pool: get, put, mirror, list, show, and what changes a server's files in place.
 *
 * <p>Read in this order: {@link dev.berth.transfer.Jobs} and {@link
 * dev.berth.transfer.Housekeeping} (what can be asked for), {@link dev.berth.transfer.JobEnd} and
 * {@link dev.berth.transfer.FileResult} (what came of it), and inside {@code Crew} (threads, leases
 * and tasks), {@code Download} (one file: temporary name, check, rename). Who wants interrupted
 * files to go on in a later run gives the job a {@link dev.berth.transfer.Journal}.
 *
 * <pre>{@code
 * import dev.berth.client.ConnectSettings;
 * import dev.berth.client.Login;
 * import dev.berth.pool.ConnectionPool;
 * import dev.berth.pool.PoolSettings;
 * import dev.berth.transfer.JobEnd;
 * import dev.berth.transfer.JobListener;
 * import dev.berth.transfer.Jobs;
 * import dev.berth.transfer.TransferSettings;
 * import dev.berth.wire.RemoteLocation;
 * import java.nio.file.Path;
 *
 * class MirrorFolder {
 *   public static void main(String[] arguments) throws Exception {
 *     var server = ConnectSettings.of(arguments[0], Integer.parseInt(arguments[1]));
 *     try (ConnectionPool pool = ConnectionPool.open(PoolSettings.of(server, Login.anonymous()))) {
 *       Jobs jobs = new Jobs(pool, TransferSettings.standard(), JobListener.none());
 *       switch (jobs.mirrorDown(new RemoteLocation.FromLogin("pub"), Path.of(arguments[2]))) {
 *         case JobEnd.Ended end -> System.out.println("all done: " + end.summary().isComplete());
 *         case JobEnd.NoConnection end -> System.out.println(end.reason());
 *         case JobEnd.TurnedAway end -> System.out.println(end.refusal().words());
 *       }
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.transfer;

import org.jspecify.annotations.NullMarked;
