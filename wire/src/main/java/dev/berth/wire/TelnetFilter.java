package dev.berth.wire;

import java.nio.ByteBuffer;

/**
 * Takes Telnet out of what a server says (RFC 854): 255 sent twice becomes one, commands behind a
 * single 255 go. Confined to the thread of its parser.
 *
 * <p>vsftpd 3.0.3 sends 255 twice; of ProFTPD 1.3.8 and Pure-FTPd 1.0.50 (measured, as all here) a
 * single 255 is a letter, such as the last one of the Russian alphabet in Windows-1251, with
 * another behind it that may look like a command. So a command is taken for one only where it
 * cannot be text: before a reply, where ProFTPD puts its own, and where it is about an option whose
 * number would be a control character, as those in use are. Nothing is answered: what nobody asked
 * for stays off.
 */
final class TelnetFilter {
  /** The most octets of text that one octet sets free. */
  static final int MOST_FREED = 3;

  private static final int SE = 240; // the lowest of the commands
  private static final int WILL = 251; // the lowest of the four that an option follows
  private static final int IAC = 255;

  private enum State {
    TEXT,
    /** Behind a 255. */
    COMMAND,
    /** Behind a 255 and WILL, WONT, DO or DONT. */
    OPTION
  }

  private State state = State.TEXT;
  private int negotiation; // WILL to DONT, in the state OPTION

  /** Whether a 255 has come and what it begins has not. */
  boolean isWithinCommand() {
    return state != State.TEXT;
  }

  /**
   * Takes one octet.
   *
   * @param isBeforeReply whether a reply code has to come
   * @param text gets what is text; an end of line only as its last
   */
  void take(int octet, boolean isBeforeReply, ByteBuffer text) {
    switch (state) {
      case TEXT -> takeText(octet, text);
      case COMMAND -> takeCommand(octet, isBeforeReply, text);
      case OPTION -> takeOption(octet, isBeforeReply, text);
    }
  }

  private void takeText(int octet, ByteBuffer text) {
    state = octet == IAC ? State.COMMAND : State.TEXT;
    if (state == State.TEXT) {
      text.put((byte) octet);
    }
  }

  private void takeCommand(int octet, boolean isBeforeReply, ByteBuffer text) {
    if (octet == IAC) {
      text.put((byte) IAC);
      state = State.TEXT;
    } else if (octet >= WILL) {
      negotiation = octet;
      state = State.OPTION;
    } else if (octet >= SE && isBeforeReply) {
      state = State.TEXT;
    } else {
      text.put((byte) IAC);
      takeText(octet, text);
    }
  }

  private void takeOption(int octet, boolean isBeforeReply, ByteBuffer text) {
    boolean endsLine = octet == '\r' || octet == '\n';
    if (!endsLine && (octet < ' ' || isBeforeReply)) {
      state = State.TEXT;
    } else {
      text.put((byte) IAC).put((byte) negotiation);
      takeText(octet, text);
    }
  }
}
