package dev.berth.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that is logged while it is open, down to the dialogue. */
final class LogHeard extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.berth");
  private final Level before = logger.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  LogHeard() {
    setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    Object[] values = entry.getParameters();
    String text = entry.getMessage();
    String line = values == null ? text : MessageFormat.format(text, values);
    if (entry.getThrown() != null) {
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace));
      line += "\n" + trace;
    }
    lines.add(line);
    if (entry.getLevel().equals(Level.SEVERE)) {
      errors.add(line);
    }
  }

  /** Each with the trace of what was thrown, if something was. */
  List<String> lines() {
    return lines;
  }

  /** Those of level ERROR: bugs of ours. */
  List<String> errors() {
    return errors;
  }

  /** Those of one event. */
  List<String> events(String event) {
    return lines.stream().filter(line -> line.startsWith("event=" + event + " ")).toList();
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
