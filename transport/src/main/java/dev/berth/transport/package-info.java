/**
 * Control and data connections that end: TLS, and time-outs on reads and writes alike.
 *
 * <p>It moves bytes and knows no policy of FTP: which commands, which addresses, and what a reply
 * means is decided by its callers. Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.transport.ControlConnection}: commands out, replies in; made first, ended
 *       last.
 *   <li>{@link dev.berth.transport.AcceptedControl}: the same on the server's side.
 *   <li>{@link dev.berth.transport.DataConnection}: the bytes of one file or listing, made by a
 *       control connection, or by the peer to our {@link dev.berth.transport.DataListener}.
 *   <li>{@link dev.berth.transport.ConnectionLost}: how connections end unasked. Silence, a reset
 *       and a cut reply mean different things to whoever learns limits from them.
 *   <li>{@link dev.berth.transport.Tls} and {@link dev.berth.transport.Trust}: encryption, and
 *       which certificates are believed; {@link dev.berth.transport.TlsServer} and {@link
 *       dev.berth.transport.Identity}: which one a server shows.
 *   <li>{@code TlsStream}, {@code TlsSessions} and {@code ServerSessions} inside: the loop around
 *       the JDK's SSLEngine, and why data connections resume the session of their control
 *       connection. {@code DuplexTls}: how one thread reads while another writes.
 * </ol>
 *
 * <p>Every wait takes a {@link dev.berth.lifetime.Deadline}, or a longest time without progress,
 * and is bounded by the program's {@link dev.berth.lifetime.Watchdog}.
 *
 * <pre>{@code
 * import dev.berth.lifetime.Deadline;
 * import dev.berth.lifetime.Watchdog;
 * import dev.berth.transport.ControlConnection;
 * import dev.berth.transport.Source;
 * import dev.berth.wire.Command;
 * import java.net.InetSocketAddress;
 * import java.time.Duration;
 *
 * class Greet {
 *   public static void main(String[] arguments) throws Exception {
 *     var server = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
 *     var deadline = Deadline.after(Duration.ofSeconds(30));
 *     try (var watchdog = Watchdog.start();
 *         var control = ControlConnection.connect(server, Source.any(), watchdog, deadline)) {
 *       System.out.println(control.readReply(deadline));
 *       control.send(deadline, Command.of("QUIT"));
 *       System.out.println(control.readReply(deadline));
 *       control.closeGracefully(deadline);
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.transport;

import org.jspecify.annotations.NullMarked;
