/**
 * A gateway: unmodified clients share the few connections that a server behind allows.
 *
 * <p>Read in this order: {@link dev.berth.gateway.Gateway} (a login, and where it goes), {@link
 * dev.berth.gateway.GatewaySettings} (what can be set), {@code Upstream} (one server, its budget,
 * and whose passwords it has taken), {@code RelaySession} (one client: what its own connection
 * would remember), {@code TransferRelay} (one transfer, from the wait for a connection to the
 * server's last word).
 *
 * <p>Before a server, here with one client that asks where it is and does not notice:
 *
 * <pre>{@code
 * import dev.berth.admission.Admission;
 * import dev.berth.admission.GuardRules;
 * import dev.berth.admission.LoginGuard;
 * import dev.berth.admission.Rules;
 * import dev.berth.client.ConnectSettings;
 * import dev.berth.gateway.Gateway;
 * import dev.berth.gateway.GatewaySettings;
 * import dev.berth.gateway.GatewayTerms;
 * import dev.berth.gateway.Spooling;
 * import dev.berth.gateway.UpstreamSettings;
 * import dev.berth.lifetime.SteadyClock;
 * import dev.berth.limits.LimitSettings;
 * import dev.berth.pool.PoolSettings;
 * import dev.berth.session.Front;
 * import dev.berth.session.FrontSettings;
 * import dev.berth.session.ListenerSettings;
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
 * class OneClient {
 *   static final Logger LOG = Logger.getLogger("dev.berth");
 *
 *   public static void main(String[] arguments) throws Exception {
 *     LOG.setLevel(Level.WARNING); // INFO tells of each session, login and transfer.
 *     var acme =
 *         UpstreamSettings.usual(
 *             "acme",
 *             ConnectSettings.of(arguments[0], Integer.parseInt(arguments[1])),
 *             LimitSettings.standard());
 *     var settings =
 *         new GatewaySettings(
 *             List.of(acme),
 *             new GatewaySettings.Usual.Upstream("acme"),
 *             GatewaySettings.TRANSFER_WAIT,
 *             GatewaySettings.COMMAND_WAIT,
 *             GatewaySettings.LOGIN_MEMORY);
 *     var alone = new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None());
 *     var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
 *     try (Gateway gateway = Gateway.open(settings, alone);
 *         Front front =
 *             Front.open(
 *                 List.of(ListenerSettings.plain("main", here)),
 *                 FrontSettings.usual(),
 *                 gateway,
 *                 new Admission(Rules.standard(), SteadyClock.startingNow()),
 *                 new LoginGuard(GuardRules.standard(), SteadyClock.startingNow()),
 *                 Optional.empty())) {
 *       talk(front.addresses().getFirst());
 *     }
 *   }
 *
 *   static void talk(InetSocketAddress server) throws Exception {
 *     try (Socket client = new Socket(server.getAddress(), server.getPort())) {
 *       var replies = new BufferedReader(new InputStreamReader(client.getInputStream(), "UTF-8"));
 *       System.out.println(replies.readLine());
 *       for (String command : List.of("USER anonymous", "PASS guest@", "PWD")) {
 *         client.getOutputStream().write((command + "\r\n").getBytes("UTF-8"));
 *         System.out.println(replies.readLine());
 *       }
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.gateway;

import org.jspecify.annotations.NullMarked;
