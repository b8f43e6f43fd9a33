package dev.berth.cli;

import dev.berth.pool.PoolSettings;
import dev.berth.pool.WhenUnreachable;
import dev.berth.transfer.Verify;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * On what terms a command runs.
 *
 * @param parallel how many files may be under way at once
 * @param patience how long to wait for a connection while none works; zero means one try
 * @param whenUnreachable whether to keep trying a server that never answered: who names a patience
 *     means it, who names none has most likely mistyped the address
 * @param isDryRun plan only: nothing is moved or made
 * @param isKeepingPermissions whether files get the permissions of their sources
 * @param rate how fast files may be moved
 * @param isVerbose whether somebody reads {@link Reporter#dialogue}
 * @param stateFolder where what was learned is kept; it may not exist yet
 * @param neighbours the other programs of this machine, with which connections are shared
 * @param verify how what has arrived is compared with its source
 * @param words the command line as the history keeps it
 */
record Terms(
    Parallel parallel,
    Duration patience,
    WhenUnreachable whenUnreachable,
    boolean isDryRun,
    boolean isKeepingPermissions,
    ByteRate rate,
    boolean isVerbose,
    Path stateFolder,
    PoolSettings.Neighbours.Folder neighbours,
    Verify verify,
    List<String> words) {
  Terms {
    words = List.copyOf(words);
  }
}
