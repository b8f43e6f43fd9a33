package dev.berth.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Shows what goes over the control connections, for {@code --verbose}: the libraries log it,
 * passwords masked, and this takes it from the log. Without {@code --verbose} nothing below a
 * warning is logged at all.
 */
final class Dialogue implements AutoCloseable {
  private final Logger libraries = Logger.getLogger("dev.berth");
  private final Handler handler;

  private Dialogue(Reporter reporter, Level level) {
    this.handler = new ToReporter(reporter);
    libraries.setUseParentHandlers(false);
    libraries.setLevel(level);
    libraries.addHandler(handler);
  }

  static Dialogue shown(Terms terms, Reporter reporter) {
    return new Dialogue(reporter, terms.isVerbose() ? Level.FINE : Level.WARNING);
  }

  @Override
  public void close() {
    libraries.removeHandler(handler);
  }

  private static final class ToReporter extends Handler {
    private final Reporter reporter;
    private final SimpleFormatter formatter = new SimpleFormatter();

    ToReporter(Reporter reporter) {
      this.reporter = reporter;
    }

    @Override
    public void publish(LogRecord record) {
      String thrown = record.getThrown() == null ? "" : " " + record.getThrown();
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        reporter.noted(formatter.formatMessage(record) + thrown);
      } else {
        reporter.dialogue(formatter.formatMessage(record) + thrown);
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // The reporter belongs to whoever runs the command.
    }
  }
}
