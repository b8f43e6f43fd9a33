package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.DataConnection;
import java.io.IOException;
import java.time.Duration;

/** How the data connections of a session end, and what that says. Confined to its thread. */
final class DataEnding {
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Session session;

  DataEnding(Session session) {
    this.session = session;
  }

  /**
   * The end of the data is the end of the file, says RFC 959; and it is what comes of a client that
   * was killed. So is the end of its control connection.
   */
  void requireWhole(DataConnection data) throws DataRefused, ConnectionLost, InterruptedException {
    boolean isInTls = data.tls().isPresent();
    if (isInTls && session.service().settings().data().closeNotify() && !data.endedCleanly()) {
      throw new DataRefused(
          426,
          "no-close-notify",
          "The data ended without close_notify of TLS: it may be cut, and is not kept as whole.");
    }
    if (session.hasClientEnded()) {
      throw new DataRefused(
          426, "client-gone", "The control connection ended with the data: it may be cut.");
    }
  }

  /** In TLS our close_notify has to go out; in plain text the system's FIN says all. */
  void endOutput(DataConnection data) throws IOException {
    if (data.tls().isEmpty()) {
      data.close();
      return;
    }
    session.flush();
    data.finish(Deadline.after(session.timers().stalled()));
  }

  /** All has come and is kept; how the client hangs up is its own affair. */
  void endInput(DataConnection data) throws IOException {
    if (data.tls().isPresent()) {
      hangUp(data);
    } else {
      data.close();
    }
  }

  /**
   * Ends TLS in order. Of a connection that breaks off, many clients (ftplib, Net::FTP, Commons
   * Net) tell that alone, and never read the reply that says why.
   */
  void hangUp(DataConnection data) throws IOException {
    try {
      data.finish(Deadline.after(GOODBYE));
    } catch (ConnectionLost e) {
      session.debug("data-goodbye-failed", e);
    }
  }
}
