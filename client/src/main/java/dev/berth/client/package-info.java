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
 * import dev.berth.client.ConnectSettings;
 * import dev.berth.client.Connector;
 * import dev.berth.client.FtpConnection;
 * import dev.berth.client.Login;
 * import dev.berth.client.Opening;
 * import dev.berth.dialects.RefusalReader;
 * import dev.berth.lifetime.Watchdog;
 * import dev.berth.wire.RemotePath;
 * import java.nio.channels.Channels;
 * import java.time.Duration;
 *
 * class ShowFile {
 *   public static void main(String[] arguments) throws Exception {
 *     ConnectSettings server = ConnectSettings.of(arguments[0], Integer.parseInt(arguments[1]));
 *     try (Watchdog watchdog = Watchdog.start()) {
 *       Connector connector = new Connector(server, watchdog, new RefusalReader());
 *       switch (connector.open("upstream-1", Login.anonymous())) {
 *         case Opening.Opened(FtpConnection connection) -> {
 *           RemotePath file = new RemotePath("/pub/a.txt");
 *           connection.beginRetrieve(file, 0).run(Channels.newChannel(System.out));
 *           connection.quit(Duration.ofSeconds(3));
 *         }
 *         case Opening.Refused refused -> System.err.println(refused.refusal().words());
 *         case Opening.Unreachable unreachable -> System.err.println(unreachable.reason());
 *       }
 *     }
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
