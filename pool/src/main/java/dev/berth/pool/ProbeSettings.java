package dev.berth.pool;

import dev.berth.client.DataMode;
import java.time.Duration;

/**
 * What a probe is to find out, beyond what costs one connection and nothing else.
 *
 * @param connections how many to open in search of the limit, at most; 1 for no search
 * @param pace how long before the first further connection; each one after it comes half of that
 *     later than the one before
 * @param idle how long to wait for the server to end an idle session; zero for not at all
 * @param data who connects for a transfer: active mode is tried if it is asked for
 * @param writing whether one small file may be written, and removed again
 * @param interrupting whether NOOP may be sent in the middle of a transfer
 * @param patience how long to wait for a connection
 */
public record ProbeSettings(
    int connections,
    Duration pace,
    Duration idle,
    DataMode data,
    Writing writing,
    Interrupting interrupting,
    Duration patience) {
  /** Slow enough for what servers usually bear (ProFTPD's MaxConnectionRate). */
  public static final Duration USUAL_PACE = Duration.ofSeconds(1);

  /** Whether one small file may be written. */
  public enum Writing {
    /** It may. */
    ALLOWED,
    /** Nothing is written. */
    FORBIDDEN
  }

  /** Whether NOOP may be sent in the middle of a transfer. */
  public enum Interrupting {
    /** It may: some servers break. */
    ALLOWED,
    /** It is not. */
    FORBIDDEN
  }

  public ProbeSettings {
    if (connections < 1 || connections > 64) {
      throw new IllegalArgumentException("1 to 64 connections, not " + connections);
    }
    if (pace.isNegative() || idle.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException(
          "no time to wait: " + pace + ", " + idle + ", " + patience);
    }
  }
}
