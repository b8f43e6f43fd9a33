package dev.berth.gateway;

import dev.berth.admission.Admission;
import dev.berth.admission.GuardRules;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Network;
import dev.berth.admission.Rules;
import dev.berth.lifetime.SteadyClock;
import dev.berth.session.Front;
import dev.berth.session.FrontSettings;
import dev.berth.session.ListenerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What clients of a gateway meet on loopback, set as usual. */
final class Fronts {
  private Fronts() {}

  /** With one listener. */
  static Front open(Gateway gateway) throws IOException {
    return open(gateway, GuardRules.standard(), "main");
  }

  /** Which holds no failed login against anybody. */
  static Front lenient(Gateway gateway, String... listeners) throws IOException {
    GuardRules usual = GuardRules.standard();
    return open(
        gateway,
        new GuardRules(
            usual.prefixes(),
            List.of(Network.parse("127.0.0.0/8")),
            usual.window(),
            usual.firstDelay(),
            usual.longestDelay(),
            usual.failures(),
            usual.ban(),
            usual.mostPrefixes()),
        listeners);
  }

  private static Front open(Gateway gateway, GuardRules guard, String... listeners)
      throws IOException {
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    return Front.open(
        Arrays.stream(listeners).map(name -> ListenerSettings.plain(name, any)).toList(),
        FrontSettings.usual(),
        gateway,
        new Admission(Rules.standard(), SteadyClock.startingNow()),
        new LoginGuard(guard, SteadyClock.startingNow()),
        Optional.empty());
  }
}
