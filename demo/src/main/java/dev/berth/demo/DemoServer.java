package dev.berth.demo;

import dev.berth.admission.Admission;
import dev.berth.admission.GuardRules;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Rules;
import dev.berth.lifetime.SteadyClock;
import dev.berth.server.Account;
import dev.berth.server.Bound;
import dev.berth.server.FileBackend;
import dev.berth.server.FileSettings;
import dev.berth.server.Rates;
import dev.berth.session.Front;
import dev.berth.session.FrontSettings;
import dev.berth.session.ListenerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server on loopback that lets each address have a few connections, and is not too fast. */
final class DemoServer implements Closeable {
  static final String USER = "demo";
  static final String PASSWORD = "demo";

  /** As over a network: on loopback alone the jobs would hardly meet. */
  private static final long BYTES_A_SECOND = 12_000_000;

  private final Front front;

  private DemoServer(Front front) {
    this.front = front;
  }

  static DemoServer start(Path root, int limit) throws IOException {
    SteadyClock clock = SteadyClock.startingNow();
    Rules rules =
        Rules.standard()
            .withConnections(
                Map.of(
                    LimitScope.PREFIX, Limit.refusing(limit),
                    LimitScope.SERVER, Limit.refusing(1000)));
    Account account =
        Account.of(USER, PASSWORD, root)
            .with(new Rates(new Bound.AtMost(BYTES_A_SECOND), new Bound.None()));
    FileBackend files =
        new FileBackend(
            FileSettings.USUAL, (password, hash) -> password.equals(hash), List.of(account));
    ListenerSettings listener =
        ListenerSettings.plain(
            "demo", new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    Front front =
        Front.open(
            List.of(listener),
            FrontSettings.usual(),
            files,
            new Admission(rules, clock),
            new LoginGuard(GuardRules.standard(), clock),
            Optional.empty());
    return new DemoServer(front);
  }

  InetSocketAddress address() throws IOException {
    return front.addresses().getFirst();
  }

  long refused() {
    return front.refused();
  }

  @Override
  public void close() throws IOException {
    front.close();
  }
}
