package dev.berth.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a listed network is given that others are not. */
public sealed interface Treatment {
  /** The treatment of all that is not listed. */
  Treatment USUAL = new Allowance(Map.of(), Map.of());

  /**
   * Not counted by address, nor banned: health checks, the operator. What is counted by account,
   * listener and server counts these as well.
   */
  record Exempt() implements Treatment {}

  /**
   * Limits of its own by address, for each prefix in the network: an address behind which many
   * people are. A scope that is not named has the limit that others have.
   *
   * @param connections by scope: {@link LimitScope#PREFIX}, {@link LimitScope#PREFIX_AND_ACCOUNT}
   * @param transfers by scope: {@link LimitScope#PREFIX}
   */
  record Allowance(Map<LimitScope, Limit> connections, Map<LimitScope, Limit> transfers)
      implements Treatment {
    public Allowance {
      List<String> faults = new ArrayList<>();
      for (LimitScope scope : connections.keySet()) {
        Words.check(faults, scope.isByAddress(), "connections", scope.key(), "by address");
      }
      for (LimitScope scope : transfers.keySet()) {
        Words.check(faults, scope == LimitScope.PREFIX, "transfers", scope.key(), "by prefix");
      }
      Rules.checkPolicies(faults, connections, transfers);
      Words.stop("allowance", faults);
      connections = Rules.copied(connections);
      transfers = Rules.copied(transfers);
    }
  }
}
