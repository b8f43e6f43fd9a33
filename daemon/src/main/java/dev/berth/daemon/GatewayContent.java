package dev.berth.daemon;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Rules;
import dev.berth.gateway.GatewaySettings;
import dev.berth.session.ListenerSettings.TlsUse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that a gateway is set to. Immutable.
 *
 * @param reception how clients are received
 * @param gateway where they are led
 * @param admin where operators ask how it is
 */
record GatewayContent(Reception reception, GatewaySettings gateway, Admin admin) {
  /**
   * Who may come in where nobody says. No limit by address: all clients may be on one host, and it
   * is there that they are to wait.
   */
  static Rules usualRules() {
    Rules usual = Rules.standard();
    Map<LimitScope, Limit> limits = new EnumMap<>(LimitScope.class);
    limits.putAll(usual.connections());
    limits.keySet().retainAll(List.of(LimitScope.SERVER));
    return usual.withConnections(limits);
  }

  /**
   * What the options of {@code berth gateway --upstream} say.
   *
   * @throws FaultySettings naming an option that cannot be used
   */
  static GatewayContent of(ServeRequest.GatewayTo options) throws FaultySettings {
    Listener.Place place;
    try {
      place = Values.place(options.listen());
    } catch (IllegalArgumentException e) {
      throw new FaultySettings(List.of("--listen=" + options.listen() + ": " + e.getMessage()));
    }
    Reception reception =
        Reception.usual(
            Listener.alone("ftp", place, TlsUse.OFF), new TlsChoice.None(), usualRules());
    GatewaySettings gateway =
        new GatewaySettings(
            List.of(options.upstream()),
            new GatewaySettings.Usual.Upstream(options.upstream().name()),
            GatewaySettings.TRANSFER_WAIT,
            GatewaySettings.COMMAND_WAIT,
            GatewaySettings.LOGIN_MEMORY);
    return new GatewayContent(reception, gateway, Admin.usual());
  }
}
