package dev.berth.session;

import dev.berth.wire.Reply;
import java.io.Closeable;
import java.io.IOException;

/**
 * One command of a client on its way through a {@link Relay}, and what the session does for it.
 * Confined to the session's thread, until the command is served.
 */
public interface RelayedCommand {
  /** In upper case. */
  String verb();

  /** As the client sent it, see {@link dev.berth.wire.Octets}; empty if there is none. */
  String argument();

  /** The representation type that the client has set: {@code A} or {@code I}. */
  char type();

  /**
   * What REST has set; 0 if nothing. Used up by {@link #transfer}, and by RETR, STOR, STOU, APPE,
   * LIST, NLST and MLSD whatever becomes of them.
   */
  long restart();

  /**
   * Whether the client has said where its next data connection comes from or goes to (PASV, EPSV,
   * PORT, EPRT), so that it is likely to ask for a transfer next.
   */
  boolean isTransferNext();

  /**
   * Replies, as it is. Not in a {@link #transfer}, which has its own replies.
   *
   * @throws IOException if the client's control connection is broken; to be passed on
   */
  void reply(Reply reply) throws IOException;

  /**
   * Keeps a client waiting that has asked for a transfer: a line of the 150 that is to come, sent
   * at once (RFC 959 section 4.2 sets no time between the lines of a reply). Only within {@link
   * RelayedTransfer#begin}. Where that fails then, the session ends the 150 before it tells why.
   *
   * @param text one line
   * @throws IOException as {@link #reply}
   */
  void hold(String text) throws IOException;

  /**
   * From now on this is closed, by another thread, when the client sends ABOR or is gone; in place
   * of what was before. At once if it is so already. Only within {@link RelayedTransfer#begin}.
   */
  void register(Closeable thing);

  /** Whether the transfer is to end: the client has sent ABOR or is gone, or it gives way. */
  boolean isEnded();

  /**
   * Any thread: ends the transfer that is under way, if there is one, as ABOR would; the client is
   * told 426, or 425 if nothing had begun for it.
   *
   * @param text one line: why
   */
  void giveWay(String text);

  /**
   * Listens to the client for as long as it is owed the reply to something that may take minutes,
   * and is no transfer: when it sends ABOR or is gone this is closed, by another thread.
   */
  Listening listen(Closeable thing);

  /** The time in which the client is listened to. Confined to the session's thread. */
  interface Listening extends AutoCloseable {
    /** Whether it has asked for the end, or is gone. */
    boolean isEnded();

    @Override
    void close();
  }

  /**
   * Runs a transfer, with the client's data connection and all replies, those to its failures too.
   * When it returns or throws, the transfer is closed; it may not have begun.
   */
  void transfer(RelayedTransfer transfer) throws IOException, InterruptedException;
}
