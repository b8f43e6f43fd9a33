package dev.berth.pool;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Login;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.ProcessName;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a pool is to be like that has all it needs of its own: see {@link ConnectionPool#open}.
 *
 * @param server where connections go, and how
 * @param login who logs in
 * @param limits how many connections there may be, or how that is found out
 * @param whenUnreachable what to do about a server that never answered
 * @param idle a connection unused for so long is closed; more than zero
 * @param memory where the limits that were learned are kept
 * @param neighbours with which programs of this machine connections are shared
 */
public record PoolSettings(
    ConnectSettings server,
    Login login,
    LimitSettings limits,
    WhenUnreachable whenUnreachable,
    Duration idle,
    Memory memory,
    Neighbours neighbours) {

  /** Where the limits that were learned are kept, so that the next run need not learn again. */
  public sealed interface Memory {
    /** Nowhere: each run finds out anew, by one refusal mostly. */
    record None() implements Memory {}

    /**
     * In a folder.
     *
     * @param path made when it is needed, for its owner alone
     */
    record Folder(Path path) implements Memory {}
  }

  /** With which programs of this machine connections are shared. */
  public sealed interface Neighbours {
    /** With none: their connections are met as refusals, and waited for. */
    record None() implements Neighbours {}

    /**
     * With all that name the same folder, the program {@code berth} among them: they take turns.
     *
     * @param path made when it is needed; every user of the machine may write to it
     * @param self how the others see this program
     */
    record Folder(Path path, ProcessName self) implements Neighbours {}
  }

  public PoolSettings {
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("an idle time is more than zero: " + idle);
    }
  }

  /** A pool that finds the limit out, remembers nothing and shares with nobody. */
  public static PoolSettings of(ConnectSettings server, Login login) {
    return new PoolSettings(
        server,
        login,
        LimitSettings.standard(),
        WhenUnreachable.TELL,
        Maintenance.IDLE,
        new Memory.None(),
        new Neighbours.None());
  }

  /** What of it holds for all logins. */
  ServerPools.Settings ofServer() {
    return new ServerPools.Settings(server, limits, whenUnreachable, idle, memory, neighbours);
  }

  /** The same with limits of one's own. */
  public PoolSettings with(LimitSettings other) {
    return new PoolSettings(server, login, other, whenUnreachable, idle, memory, neighbours);
  }

  /** The same with another memory. */
  public PoolSettings with(Memory other) {
    return new PoolSettings(server, login, limits, whenUnreachable, idle, other, neighbours);
  }

  /** The same with other neighbours. */
  public PoolSettings with(Neighbours other) {
    return new PoolSettings(server, login, limits, whenUnreachable, idle, memory, other);
  }
}
