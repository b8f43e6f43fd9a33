package dev.berth.gateway;

import dev.berth.pool.PoolSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a gateway keeps what it learns, and with whom it shares.
 *
 * @param limits where the limits that were learned are kept
 * @param neighbours with which programs of this machine its budgets are shared
 */
public record GatewayTerms(PoolSettings.Memory limits, PoolSettings.Neighbours neighbours) {
  /** Where spools lie that no setting puts elsewhere: in the folder that has the limits' folder. */
  Optional<Path> usualSpool() {
    return switch (limits) {
      case PoolSettings.Memory.None none -> Optional.empty();
      case PoolSettings.Memory.Folder folder ->
          Optional.of(folder.path().toAbsolutePath().resolveSibling("spool"));
    };
  }
}
