package dev.berth.logs;

import dev.berth.sightings.Citation;
import dev.berth.sightings.Sighting;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads a log, whichever it is. Each line is tried as the kind of the line before it, then as all
 * others: so a file of several kinds is read too. For one file; confined to one thread.
 *
 * <pre>{@code
 * LogSummary summary =
 *     LogReader.of("vsftpd.log", ZoneId.systemDefault(), lastWritten).read(in, sink);
 * }</pre>
 */
public final class LogReader {
  private final String file;
  private final List<LogFormat> formats;

  private LogReader(String file, List<LogFormat> formats) {
    this.file = file;
    this.formats = formats;
  }

  /**
   * For one file.
   *
   * @param file its name, for citations
   * @param zone of times that are written without one
   * @param written when the file was written to last, for times without a year
   */
  public static LogReader of(String file, ZoneId zone, Instant written) {
    Times times = new Times(zone, written);
    return new LogReader(
        file,
        new ArrayList<>(
            List.of(
                new VsftpdLog(times),
                new TransferLog(times),
                new ProftpdSystemLog(times),
                new ProftpdExtendedLog(times),
                new PureFtpdLog(times),
                new PureFtpdTransferLog(times))));
  }

  /**
   * Reads to the end.
   *
   * @param in unpacked; not closed here
   * @param sink is told each sighting, in the order of the lines
   * @throws IOException when the file cannot be read
   */
  public LogSummary read(InputStream in, BiConsumer<LogKind, Sighting> sink) throws IOException {
    LineSource lines = new LineSource(in);
    Scan scan = new Scan();
    Notes notes = new Notes(file, sink);
    Map<LogKind, Long> understood = new EnumMap<>(LogKind.class);
    Unread unread = new Unread(file);
    long foreign = 0;
    while (lines.next()) {
      lines.scan(scan);
      if (scan.isAtEnd()) {
        continue;
      }
      // The end of a line that was cut could say something else.
      switch (lines.isCut() ? LogFormat.Reading.UNREAD : read(scan, lines.number(), notes)) {
        case UNDERSTOOD -> understood.merge(formats.getFirst().kind(), 1L, Long::sum);
        case FOREIGN -> foreign++;
        case UNREAD -> unread.add(lines.number(), scan.line());
      }
    }
    return new LogSummary(
        file, lines.number(), understood, foreign, unread.count(), unread.first());
  }

  /** As the first kind that has it, which is tried first from then on. */
  private LogFormat.Reading read(Scan scan, long number, Notes notes) {
    LogFormat.Reading best = LogFormat.Reading.UNREAD;
    for (int i = 0; i < formats.size(); i++) {
      scan.again();
      notes.turnTo(formats.get(i).kind(), number);
      switch (formats.get(i).read(scan, notes)) {
        case UNDERSTOOD -> {
          notes.pass();
          Collections.swap(formats, 0, i);
          return LogFormat.Reading.UNDERSTOOD;
        }
        case FOREIGN -> best = LogFormat.Reading.FOREIGN;
        case UNREAD -> {}
      }
    }
    return best;
  }

  /** Lines that nobody understood: how many, and the first few. */
  private static final class Unread {
    private static final int SHOWN = 5;
    private static final int LONGEST = 200;

    private final String file;
    private final List<LogSummary.Unread> first = new ArrayList<>();
    private long count;

    Unread(String file) {
      this.file = file;
    }

    void add(long number, String line) {
      count++;
      if (first.size() < SHOWN) {
        String text = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        first.add(new LogSummary.Unread(new Citation(file, number), text));
      }
    }

    long count() {
      return count;
    }

    List<LogSummary.Unread> first() {
      return first;
    }
  }
}
