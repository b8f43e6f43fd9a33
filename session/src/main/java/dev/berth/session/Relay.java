package dev.berth.session;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * What serves the commands of one session that are about files, in place of a {@link Visit}: a
 * gateway, that passes them on. Made at the login, closed by the session at its end, or when
 * another user logs in. Called by the session's thread alone.
 */
public interface Relay extends Closeable {
  /**
   * Whether it serves a command. What it does not, the session itself serves or refuses: who is
   * there, TLS, the parameters of transfers, addresses of data connections, NOOP, HELP, ABOR.
   *
   * @param verb in upper case; perhaps one that the session does not know
   * @param argument empty if there is none
   */
  boolean serves(String verb, String argument);

  /**
   * What FEAT tells of files, beside what the session has itself.
   *
   * @return a line for each, without the space before it: {@code REST STREAM}
   */
  List<String> features();

  /**
   * Serves a command: replies to it, once.
   *
   * @throws RelayFailed to be told to the client as it is
   * @throws IOException a fault on our side, whatever its type; the client is told 451, the log
   *     more
   */
  void serve(RelayedCommand command) throws IOException, InterruptedException;

  /**
   * The client has set the representation type, behind the address of a data connection: a transfer
   * comes next. What that needs may be waited for here in part, for clients that measure the time
   * of each command. TYPE is answered when this returns.
   *
   * @param command TYPE; to listen with, not to reply
   * @throws IOException as of {@link #serve}
   */
  default void awaitTransfer(RelayedCommand command) throws IOException, InterruptedException {}

  /** No further command comes. Never throws what the client could be told. */
  @Override
  void close() throws IOException;
}
