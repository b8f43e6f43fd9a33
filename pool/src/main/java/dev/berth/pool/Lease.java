package dev.berth.pool;

import dev.berth.client.FtpConnection;
import dev.berth.limits.Permit;
import java.time.Duration;

/**
 * A connection, lent until {@link #close}. Belongs to one thread. A connection that is in doubt
 * when it is given back is closed; what is left in order goes to the next who asks.
 */
public final class Lease implements AutoCloseable {
  private final ConnectionPool pool;
  private final Permit<PooledConnection> permit;
  private final FtpConnection connection;
  private boolean returned; // confined to the borrowing thread

  Lease(ConnectionPool pool, Permit<PooledConnection> permit, FtpConnection connection) {
    this.pool = pool;
    this.permit = permit;
    this.connection = connection;
  }

  /**
   * The connection.
   *
   * @throws IllegalStateException once it was given back
   */
  public FtpConnection connection() {
    if (returned) {
      throw new IllegalStateException("this lease was given back");
    }
    return connection;
  }

  /**
   * Whether it should be given back soon: another program of this machine waits for a connection,
   * and it is its turn; or more are open than may be.
   */
  public boolean isWantedElsewhere() {
    return pool.isWantedElsewhere();
  }

  /**
   * Tells that for so long whoever has it on loan moved nothing by its own fault: others of its
   * account go before it next time.
   *
   * @throws IllegalStateException once it was given back
   */
  public void stoodStill(Duration time) {
    if (returned) {
      throw new IllegalStateException("this lease was given back");
    }
    permit.stoodStill(time);
  }

  /**
   * Gives it back. Blocks only for the QUIT of a connection that nobody may use again, some seconds
   * at the most.
   */
  @Override
  public void close() {
    if (!returned) {
      returned = true;
      pool.giveBack(permit);
    }
  }
}
