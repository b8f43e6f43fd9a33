package dev.berth.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;

/**
 * What is logged of one session: one fact a line, as {@code event=login session=17
 * address=192.0.2.1 account=alice}. Never a password. Any thread.
 *
 * @param number tells the session from others
 * @param client from where it came
 */
record SessionLog(long number, InetAddress client) {
  private static final Logger LOG = System.getLogger(SessionLog.class.getName());

  /** Something that an operator may want to know. */
  void fact(String event, String... keysAndValues) {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    StringBuilder line = new StringBuilder(128);
    line.append("event=").append(event).append(" session=").append(number);
    line.append(" address=").append(client.getHostAddress());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      line.append(' ').append(keysAndValues[i]).append('=');
      line.append(Service.logged(keysAndValues[i + 1]));
    }
    LOG.log(Level.INFO, line.toString());
  }

  /** A fault on our side: an operator should look. */
  void fault(String event, Exception e) {
    LOG.log(Level.WARNING, "event=" + event + " session=" + number, e);
  }

  /** A bug of ours. */
  void failed(RuntimeException e) {
    LOG.log(Level.ERROR, "event=session-failed session=" + number, e);
  }

  void debug(String event, Exception e) {
    LOG.log(Level.DEBUG, "event=" + event + " session=" + number, e);
  }

  /** A command has come; its argument may be a password. */
  void command(String verb) {
    LOG.log(Level.DEBUG, () -> "event=command session=" + number + " verb=" + verb);
  }
}
