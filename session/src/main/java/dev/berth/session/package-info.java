/**
 * Sessions of an FTP server: accept, commands, login, data connections, end. Which files there are,
 * and who may log in, tells a {@link dev.berth.session.Backend}; how many may be here, an {@code
 * Admission}.
 *
 * <p>Read in this order: {@link dev.berth.session.Front} (all that faces clients; open it, and
 * close it), {@link dev.berth.session.Backend} and {@link dev.berth.session.Visit} (what has to
 * stand behind it; where another server has the files, {@link dev.berth.session.Relay}), {@code
 * Session} (one session, on a thread of its own), {@code CommandTable} (all commands there are),
 * {@code DataTransfer} (one transfer, from its command to its last reply).
 *
 * <p>A connection's way: {@code Reception} accepts it and asks the admission. Who gets a slot goes
 * through the {@code Entrance} into a session; who has to wait, is turned away, or comes by a
 * proxy, into the {@code Anteroom}. The session's thread reads lines ({@code CommandReader}), has
 * them done ({@code Dispatch}, {@code CommandTable}) and alone writes ({@code Replies}). While a
 * transfer lasts, a listener reads for it, so that ABOR and STAT are heard. Whoever wants a session
 * to end leaves a {@code Farewell}, and wakes it.
 *
 * <pre>{@code
 * import dev.berth.admission.Admission;
 * import dev.berth.admission.GuardRules;
 * import dev.berth.admission.LoginGuard;
 * import dev.berth.admission.Rules;
 * import dev.berth.lifetime.SteadyClock;
 * import dev.berth.session.Backend;
 * import dev.berth.session.Front;
 * import dev.berth.session.FrontSettings;
 * import dev.berth.session.ListenerSettings;
 * import dev.berth.session.Login;
 * import java.io.BufferedReader;
 * import java.io.InputStreamReader;
 * import java.net.InetAddress;
 * import java.net.InetSocketAddress;
 * import java.net.Socket;
 * import java.util.List;
 * import java.util.Optional;
 * import java.util.logging.Level;
 * import java.util.logging.Logger;
 *
 * class NobodyComesIn {
 *   static final Logger LOG = Logger.getLogger("dev.berth");
 *
 *   public static void main(String[] arguments) throws Exception {
 *     LOG.setLevel(Level.WARNING); // INFO tells of each session, login and transfer.
 *     Backend nobody = request -> new Login.Denied("unknown-user");
 *     var listener =
 *         ListenerSettings.plain(
 *             "main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
 *     try (Front front =
 *         Front.open(
 *             List.of(listener),
 *             FrontSettings.usual(),
 *             nobody,
 *             new Admission(Rules.standard(), SteadyClock.startingNow()),
 *             new LoginGuard(GuardRules.standard(), SteadyClock.startingNow()),
 *             Optional.empty())) {
 *       talk(front.addresses().getFirst());
 *     }
 *   }
 *
 *   static void talk(InetSocketAddress server) throws Exception {
 *     try (Socket client = new Socket(server.getAddress(), server.getPort())) {
 *       var replies = new BufferedReader(new InputStreamReader(client.getInputStream(), "UTF-8"));
 *       System.out.println(replies.readLine());
 *       for (String command : List.of("USER anna", "PASS secret")) {
 *         client.getOutputStream().write((command + "\r\n").getBytes("UTF-8"));
 *         System.out.println(replies.readLine());
 *       }
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.session;

import org.jspecify.annotations.NullMarked;
