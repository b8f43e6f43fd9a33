package dev.berth.daemon;

import dev.berth.admission.Network;
import dev.berth.gateway.TurnSettings;
import dev.berth.gateway.TurnSettings.Weight;
import dev.berth.limits.Share;
import dev.berth.settings.TomlSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how the clients of an {@code [[upstream]]} take turns. */
final class TurnReader {
  private static final int MOST_KEPT = 1000;
  private static final int MOST_WAITING = 1_000_000;

  private TurnReader() {}

  /** From the keys of an upstream, and its tables of weights. */
  static TurnSettings read(TomlSection upstream) {
    int reserve = upstream.number("reserve", 0, MOST_KEPT).orElse(TurnSettings.USUAL.reserve());
    int queue = upstream.number("queue", 1, MOST_WAITING).orElse(TurnSettings.USUAL.queue());
    List<Weight> weights = new ArrayList<>();
    for (TomlSection table : upstream.tables("weight")) {
      weight(table).ifPresent(weights::add);
      table.end();
    }
    return new TurnSettings(reserve, queue, weights);
  }

  private static Optional<Weight> weight(TomlSection table) {
    Optional<String> user = table.read("user", text -> text);
    Optional<Network> addresses = table.read("addresses", Network::parse);
    Optional<Integer> times = table.number("times", 1, Share.MOST);
    if (!table.has("times")) {
      table.fault("needs times = 2, how many times as much as others");
    }
    if (table.has("user") == table.has("addresses")) {
      table.fault("needs user = \"NAME\" or addresses = \"NETWORK\", and not both");
      return Optional.empty();
    }
    return times.flatMap(it ->
        user.<Weight>map(name -> new Weight.OfAccount(name, it))
            .or(() -> addresses.map(network -> new Weight.OfClients(network, it))));
  }
}
