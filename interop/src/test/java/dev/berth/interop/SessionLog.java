package dev.berth.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines that our server logs in this process, commands too. Any thread. */
final class SessionLog extends Handler implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");

  private final Logger logger = Logger.getLogger("dev.berth.session");
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> lines = new ArrayList<>(); // guarded by lock

  private SessionLog() {}

  /** Begins to listen; nothing of it goes to standard error meanwhile. */
  static SessionLog open() {
    SessionLog log = new SessionLog();
    log.setLevel(Level.ALL);
    log.setFormatter(new SimpleFormatter());
    log.logger.addHandler(log);
    log.logger.setLevel(Level.FINE);
    log.logger.setUseParentHandlers(false);
    return log;
  }

  @Override
  public void publish(LogRecord said) {
    String line = getFormatter().formatMessage(said);
    lock.lock();
    try {
      lines.add(line);
    } finally {
      lock.unlock();
    }
  }

  /** All lines so far. */
  List<String> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  /** How many lines there are of an event. */
  long count(String event) {
    return lines().stream().filter(line -> line.startsWith("event=" + event + " ")).count();
  }

  /**
   * The lines of all sessions in which an account logged in, from one line on.
   *
   * @param from as many lines are passed over
   */
  List<String> linesOf(String account, int from) {
    List<String> later = lines();
    later = later.subList(from, later.size());
    Set<String> sessions =
        later.stream()
            .filter(
                line -> line.startsWith("event=login ") && value(line, "account").equals(account))
            .map(line -> value(line, "session"))
            .collect(Collectors.toSet());
    return later.stream().filter(line -> sessions.contains(value(line, "session"))).toList();
  }

  /** What a line says of a key; empty if nothing. */
  static String value(String line, String key) {
    Matcher pairs = KEY.matcher(line);
    while (pairs.find()) {
      if (pairs.group(1).equals(key)) {
        return pairs.group(2);
      }
    }
    return "";
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
