package dev.berth.pool;

import dev.berth.client.FtpConnection;
import java.io.IOException;
import java.time.Duration;

/**
 * What a budget holds for a pool: a connection and when it was used last. Confined to whoever holds
 * its permit.
 */
public final class PooledConnection {
  /** A connection used this short a time ago is believed to live: asking costs a round trip. */
  private static final Duration TRUSTED = Duration.ofSeconds(15);

  private final FtpConnection connection;
  private long usedNanos = System.nanoTime();

  PooledConnection(FtpConnection connection) {
    this.connection = connection;
  }

  FtpConnection connection() {
    return connection;
  }

  void used() {
    usedNanos = System.nanoTime();
  }

  /** How long ago it was lent last. */
  Duration rested() {
    return Duration.ofNanos(System.nanoTime() - usedNanos);
  }

  /** Keeps the server from closing it; false if it is of no more use. */
  boolean isKeptAlive() {
    if (!connection.isReusable()) {
      return false;
    }
    try {
      connection.keepAlive();
      return connection.isReusable();
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether it can be lent: in order, and, after a longer rest, known to answer. */
  boolean isAlive() {
    if (!connection.isReusable()) {
      return false;
    }
    if (System.nanoTime() - usedNanos < TRUSTED.toNanos()) {
      return true;
    }
    try {
      connection.verify();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
