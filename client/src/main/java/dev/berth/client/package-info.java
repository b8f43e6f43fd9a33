/**
 * One upstream connection: login, commands, transfers, its tracked state.
 *
 * <p>Read in this order: {@link dev.berth.client.Connector} (makes connections to one server),
 * {@link dev.berth.client.Opening} (what came of it: a connection, a refusal, nobody there), {@link
 * dev.berth.client.FtpConnection} (the commands), {@link dev.berth.client.Retrieval} and {@link
 * dev.berth.client.Storage} (a file there or back), and inside {@code DataCommand} (which reply
 * belongs to what).
 *
 * <pre>{@code
 * try (Watchdog watchdog = Watchdog.start();
 *     FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
 *   Connector connector = new Connector(settings, watchdog, new RefusalReader());
 *   switch (connector.open("upstream-1", Login.anonymous())) {
 *     case Opening.Opened(FtpConnection connection) -> {
 *       connection.beginRetrieve(new RemotePath("/pub/a.txt"), 0).run(file);
 *       connection.quit(Duration.ofSeconds(3));
 *     }
 *     case Opening.Refused refused -> report(refused.refusal().words());
 *     case Opening.Unreachable(String reason) -> report(reason);
 *   }
 * }
 * }</pre>
 *
 * <p>A connection whose replies are in doubt is of no more use ({@link
 * dev.berth.client.FtpConnection#isReusable}); {@link dev.berth.client.ReplyException} alone leaves
 * it in order.
 */
@NullMarked
package dev.berth.client;

import org.jspecify.annotations.NullMarked;
