/**
 * How things wait and end: deadlines, scopes of threads, closing everything.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.lifetime.Deadline}: the moment by which a wait must have ended; every wait
 *       in Berth gets one.
 *   <li>{@link dev.berth.lifetime.Scope}: the only place where threads are started; none outlives
 *       it.
 *   <li>{@link dev.berth.lifetime.LeftRunningException}: names the threads that did.
 *   <li>{@link dev.berth.lifetime.Closer}: closes many things in reverse order, whatever fails.
 *   <li>{@link dev.berth.lifetime.Watchdog} and {@link dev.berth.lifetime.Guard}: bound what the
 *       JDK does not bound (a connect, a TLS handshake, a write to a peer that never reads) by
 *       closing the socket below it.
 * </ol>
 *
 * <p>Two threads that end before the block does:
 *
 * <pre>{@code
 * import dev.berth.lifetime.Deadline;
 * import dev.berth.lifetime.Scope;
 * import java.time.Duration;
 *
 * class TwoThreads {
 *   public static void main(String[] arguments) throws Exception {
 *     try (Scope scope = new Scope("copy", Duration.ofSeconds(5))) {
 *       scope.fork("copy/reader", () -> System.out.println("reads"));
 *       scope.fork("copy/writer", () -> System.out.println("writes"));
 *       scope.join(Deadline.after(Duration.ofMinutes(1)));
 *     }
 *     System.out.println("both have ended");
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.lifetime;

import org.jspecify.annotations.NullMarked;
