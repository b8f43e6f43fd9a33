package dev.berth.client;

import dev.berth.transport.ConnectionLost;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.IOException;
import java.time.Duration;

/** A session on which nothing is sent, until its server ends it. Confined to one thread. */
public final class IdleSession {
  /** How it ended. */
  public sealed interface End {}

  /**
   * The server ended it.
   *
   * @param words its reply, or how it closed without one
   */
  public record Ended(Duration after, String words) implements End {}

  /** It did not end in the time that was given. */
  public record Lasted(Duration time) implements End {}

  private final FtpConnection connection;

  /** A session; it is of no use once {@link #await} has returned. */
  public IdleSession(FtpConnection connection) {
    this.connection = connection;
  }

  /**
   * Waits until the server ends it. The connection is closed then, or after the time.
   *
   * @throws IOException if this program ended it, as an interrupt does
   */
  public End await(Duration most) throws IOException {
    long began = System.nanoTime();
    try {
      connection.verify(); // It has been idle already; from here on it is counted.
      began = System.nanoTime();
      String words = connection.dialogue().receive(most).toString();
      return new Ended(Duration.ofNanos(System.nanoTime() - began), words);
    } catch (IOException e) {
      Examination.ofTheServer(e);
      // vsftpd ends a session in TLS with its 421 in plain text: then TLS broke.
      return e instanceof ConnectionLost lost && lost.manner() == Manner.TIMED_OUT
          ? new Lasted(most)
          : new Ended(Duration.ofNanos(System.nanoTime() - began), String.valueOf(e.getMessage()));
    } finally {
      connection.abort();
    }
  }
}
