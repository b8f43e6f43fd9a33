package dev.berth.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes commands of the bytes of a control connection, in whatever pieces they arrive (RFC 959
 * section 5.3): the server's side. Lines end with CR LF or a bare LF. Commands of Telnet before a
 * line are dropped, as is a 255 whose command was sent as urgent data and got lost on the way; 255
 * sent twice is one, and alone within a line, as from clients that know no Telnet, a letter. One
 * for each connection, confined to the thread that reads it. Holds next to nothing between two
 * lines.
 */
public final class CommandParser {
  /** The longest line unless something else is said, in bytes: the longest pathname of Linux. */
  public static final int LONGEST_LINE = 4096;

  /** What is dropped of lines that are too long before one comes that is not, in bytes. */
  private static final int MOST_DROPPED = 256 * 1024;

  private static final int KEPT_BYTES = 128;
  private static final byte IAC = (byte) 255;

  private final int longestLine;
  private final TelnetFilter telnet = new TelnetFilter();
  private final ByteBuffer text = ByteBuffer.allocate(TelnetFilter.MOST_FREED);
  private byte[] line = new byte[KEPT_BYTES];
  private int length;
  private boolean isTooLong; // the line that comes just now
  private int dropped;

  /** A parser of lines up to {@link #LONGEST_LINE}. */
  public CommandParser() {
    this(LONGEST_LINE);
  }

  /**
   * A parser of lines up to a length.
   *
   * @param longestLine in bytes, without the end of line; 128 to 8000
   */
  public CommandParser(int longestLine) {
    if (longestLine < KEPT_BYTES || longestLine > 8000) {
      throw new IllegalArgumentException("not a length of lines, 128 to 8000: " + longestLine);
    }
    this.longestLine = longestLine;
  }

  /**
   * Takes bytes up to the end of one line.
   *
   * @param bytes what arrived; consumed up to and with the line's end, or whole
   * @return the line, or nothing when more bytes are needed
   * @throws ProtocolException when there is no end of lines that are too long; the parser is of no
   *     further use
   */
  public Optional<CommandLine> parse(ByteBuffer bytes) throws ProtocolException {
    while (bytes.hasRemaining()) {
      telnet.take(bytes.get() & 0xFF, length == 0 && !isTooLong, text.clear());
      text.flip();
      while (text.hasRemaining()) {
        byte octet = text.get();
        if (octet == '\n') {
          return Optional.of(endLine()); // A filter lets an end of line out as the last alone.
        }
        append(octet);
      }
    }
    return Optional.empty();
  }

  /** Whether a part of a line has arrived. */
  public boolean isWithinLine() {
    return length > 0 || isTooLong || telnet.isWithinCommand();
  }

  private void append(byte octet) throws ProtocolException {
    if (isTooLong) {
      drop(1);
    } else if (length == 0 && octet == IAC) {
      return; // No verb begins with it: the rest of a command of Telnet.
    } else if (length == longestLine + 1) { // a CR may be the last
      isTooLong = true;
      drop(length + 1);
      clear();
    } else {
      if (length == line.length) {
        line = Arrays.copyOf(line, Math.min(length * 2, longestLine + 1));
      }
      line[length++] = octet;
    }
  }

  private void drop(int bytes) throws ProtocolException {
    dropped += bytes;
    if (dropped > MOST_DROPPED) {
      throw new ProtocolException(
          "more than "
              + MOST_DROPPED
              + " bytes in lines longer than "
              + longestLine
              + ", and no command between them");
    }
  }

  private CommandLine endLine() throws ProtocolException {
    if (isTooLong) {
      isTooLong = false;
      return new CommandLine.Malformed(CommandLine.Fault.TOO_LONG);
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    if (end > longestLine) {
      drop(length);
      clear();
      return new CommandLine.Malformed(CommandLine.Fault.TOO_LONG);
    }
    byte[] whole = Arrays.copyOf(line, end);
    clear();
    dropped = 0;
    return read(whole);
  }

  private void clear() {
    Arrays.fill(line, 0, length, (byte) 0); // Perhaps a password.
    length = 0;
    if (line.length > KEPT_BYTES) {
      line = new byte[KEPT_BYTES];
    }
  }

  private static CommandLine read(byte[] line) {
    int verb = 0;
    for (byte octet : line) {
      if (octet == 0 || octet == '\r') {
        return new CommandLine.Malformed(CommandLine.Fault.CONTROL_CHARACTER);
      }
    }
    while (verb < line.length && line[verb] != ' ') {
      verb++;
    }
    String upper = Octets.escape(Arrays.copyOf(line, verb)).toUpperCase(Locale.ROOT);
    if (!Command.isVerb(upper)) {
      return new CommandLine.Malformed(CommandLine.Fault.NO_VERB);
    }
    String rest = Octets.toText(Arrays.copyOfRange(line, verb, line.length));
    return new CommandLine.Complete(new Command(upper + rest));
  }
}
