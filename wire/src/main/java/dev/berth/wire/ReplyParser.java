package dev.berth.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes replies of the bytes of a control connection, in whatever pieces they arrive (RFC 959
 * section 4.2). It takes what servers really send: lines ended by a bare LF, no space after the
 * code, text lines that begin with digits, empty lines before a reply, commands of Telnet. One for
 * each connection, confined to the thread that reads it.
 */
public final class ReplyParser {
  /** The longest line that is read, in bytes: MLST and STAT of a long pathname fit. */
  public static final int LONGEST_LINE = 16 * 1024;

  /**
   * The most text of one reply that is read, in bytes: a STAT listing of some thousand files fits.
   */
  public static final int LONGEST_REPLY = 1024 * 1024;

  private static final int MOST_EMPTY_LINES = 8;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
  private final List<String> lines = new ArrayList<>();
  private final TelnetFilter telnet = new TelnetFilter();
  private final ByteBuffer text = ByteBuffer.allocate(TelnetFilter.MOST_FREED);
  private int code;
  private int size;
  private int emptyLines;

  /**
   * Takes bytes up to the end of one reply.
   *
   * @param bytes what arrived; consumed up to and with the reply's last line end, or whole
   * @return the reply, or nothing when more bytes are needed
   * @throws ProtocolException when the bytes are no reply, or too long; the parser is of no further
   *     use
   */
  public Optional<Reply> parse(ByteBuffer bytes) throws ProtocolException {
    while (bytes.hasRemaining()) {
      count();
      telnet.take(bytes.get() & 0xFF, !isWithinText(), text.clear());
      Optional<Reply> reply = read(text.flip());
      if (reply.isPresent()) {
        return reply;
      }
    }
    return Optional.empty();
  }

  /** Whether a part of a reply has arrived: an end of the stream now cuts it. */
  public boolean isWithinReply() {
    return isWithinText() || telnet.isWithinCommand();
  }

  private boolean isWithinText() {
    return line.size() > 0 || !lines.isEmpty();
  }

  private void count() throws ProtocolException {
    size++;
    if (size > LONGEST_REPLY) {
      throw new ProtocolException("a reply of more than " + LONGEST_REPLY + " bytes, code " + code);
    }
  }

  private Optional<Reply> read(ByteBuffer octets) throws ProtocolException {
    while (octets.hasRemaining()) {
      byte octet = octets.get();
      if (octet == '\n') {
        return endLine();
      }
      append(octet);
    }
    return Optional.empty();
  }

  private void append(byte octet) throws ProtocolException {
    line.write(octet);
    if (line.size() > LONGEST_LINE) {
      throw new ProtocolException(
          "a reply line of more than " + LONGEST_LINE + " bytes: " + start());
    }
  }

  private Optional<Reply> endLine() throws ProtocolException {
    String text = Octets.toText(withoutCarriageReturns());
    line.reset();
    return lines.isEmpty() ? firstLine(text) : nextLine(text);
  }

  private byte[] withoutCarriageReturns() {
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private Optional<Reply> firstLine(String text) throws ProtocolException {
    if (text.isBlank() && emptyLines < MOST_EMPTY_LINES) {
      emptyLines++;
      return Optional.empty();
    }
    code = codeOf(text);
    if (text.startsWith("-", 3)) {
      lines.add(text.substring(4));
      return Optional.empty();
    }
    lines.add(afterCode(text));
    return Optional.of(finished());
  }

  private Optional<Reply> nextLine(String text) {
    boolean ownCode = text.startsWith(Integer.toString(code));
    if (ownCode && (text.length() == 3 || text.charAt(3) == ' ')) {
      lines.add(afterCode(text));
      return Optional.of(finished());
    }
    lines.add(ownCode && text.charAt(3) == '-' ? text.substring(4) : text);
    return Optional.empty();
  }

  private Reply finished() {
    Reply reply = new Reply(code, lines);
    lines.clear();
    code = 0;
    size = 0;
    emptyLines = 0;
    return reply;
  }

  private static String afterCode(String text) {
    return text.startsWith(" ", 3) ? text.substring(4) : text.substring(3);
  }

  private static int codeOf(String text) throws ProtocolException {
    if (text.length() < 3
        || !isDigit(text.charAt(0))
        || !isDigit(text.charAt(1))
        || !isDigit(text.charAt(2))) {
      throw new ProtocolException("expected a reply code, got: " + shortened(text));
    }
    int code = Integer.parseInt(text.substring(0, 3));
    if (code < 100 || code > 699) {
      throw new ProtocolException("not a reply code: " + shortened(text));
    }
    return code;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private String start() {
    return shortened(Octets.toText(line.toByteArray()));
  }

  private static String shortened(String text) {
    String printable = Octets.printable(text);
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
  }
}
