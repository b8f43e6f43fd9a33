package dev.berth.daemon;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Writes the log of this process to a stream, one line for each fact: time in UTC, level, and the
 * message as it is. Any thread may log.
 */
final class LogLines extends Handler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int MOST_FRAMES = 12;

  private final PrintStream out;
  private final Words words = new Words();

  private LogLines(PrintStream out) {
    this.out = out;
  }

  /** From now on everything at this level, or more severe, goes there and nowhere else. */
  static void to(PrintStream out, Level level) {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler usual : root.getHandlers()) {
      root.removeHandler(usual);
    }
    java.util.logging.Level limit = java.util.logging.Level.parse(name(level));
    LogLines lines = new LogLines(out);
    lines.setLevel(limit);
    root.addHandler(lines);
    // The JDK's own messages, as on TLS, are many: only ours are told in detail.
    root.setLevel(java.util.logging.Level.WARNING);
    OURS.setLevel(limit);
  }

  /** Held, for the log supervisor forgets the level of a logger that nobody has. */
  private static final Logger OURS = Logger.getLogger("dev.berth");

  private static String name(Level level) {
    return switch (level) {
      case ALL, TRACE -> "FINER";
      case DEBUG -> "FINE";
      case INFO -> "INFO";
      case WARNING -> "WARNING";
      case ERROR -> "SEVERE";
      case OFF -> "OFF";
    };
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      out.println(words.format(record));
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    // The stream belongs to the process.
  }

  /** In quotes, so that what stands in it ends none. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The line of a record, without its end. */
  static final class Words extends Formatter {
    @Override
    public String format(LogRecord record) {
      String line =
          TIME.format(Instant.ofEpochMilli(record.getMillis()))
              + " "
              + level(record.getLevel().intValue())
              + " "
              + formatMessage(record)
              + (record.getThrown() == null ? "" : thrown(record.getThrown()));
      return line.replace('\n', ' ').replace('\r', ' ');
    }

    private static String level(int value) {
      if (value >= java.util.logging.Level.SEVERE.intValue()) {
        return "ERROR";
      }
      if (value >= java.util.logging.Level.WARNING.intValue()) {
        return "WARNING";
      }
      return value >= java.util.logging.Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String thrown(Throwable thrown) {
      StringBuilder words = new StringBuilder(" error=");
      words.append(quoted(thrown.toString()));
      if (thrown instanceof RuntimeException || thrown instanceof Error) {
        words.append(" at=\"");
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
          words.append(i == 0 ? "" : " < ").append(frames[i]);
        }
        words.append('"');
      }
      return words.toString();
    }
  }
}
