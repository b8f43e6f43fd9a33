package dev.berth.session;

import dev.berth.transport.ConnectionLost;
import dev.berth.transport.DataConnection;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One command of a session that a relay serves. Confined to the session's thread, but for {@link
 * #giveWay}.
 */
final class Relaying implements RelayedCommand {
  private final Session session;
  private final String verb;
  private final String argument;
  private final long restart;
  private volatile @Nullable DataTransfer transfer; // under way; written by the session's thread
  private CommandReader.@Nullable Attention beginning; // of the transfer that is about to begin
  private boolean isBroken; // the client's control connection

  private Relaying(Session session, String verb, String argument) {
    this.session = session;
    this.verb = verb;
    this.argument = argument;
    this.restart = session.state().restart;
  }

  /**
   * Has it served.
   *
   * @throws ConnectionLost of the client's control connection alone, as {@link TlsFailed}
   */
  static void serve(Session session, Relay relay, String verb, String argument)
      throws IOException, InterruptedException {
    Relaying command = new Relaying(session, verb, argument);
    if (movesData(verb)) {
      session.state().endTransfer();
    }
    session.flush(); // The relay may wait.
    try {
      relay.serve(command);
    } catch (ConnectionLost | TlsFailed e) {
      throw command.named(e);
    }
  }

  /** Lets a relay wait for what the next transfer needs, if there is to be one. */
  static void awaitTransfer(Session session, String argument)
      throws IOException, InterruptedException {
    Optional<Relay> relay = session.login().relay();
    if (relay.isEmpty() || session.door().isShut()) {
      return;
    }
    Relaying command = new Relaying(session, "TYPE", argument);
    session.flush();
    try {
      relay.get().awaitTransfer(command);
    } catch (ConnectionLost | TlsFailed e) {
      throw command.named(e);
    }
  }

  /** Even if it is refused before a transfer: what was left over would cut the next one short. */
  private static boolean movesData(String verb) {
    return switch (verb) {
      case "RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD" -> true;
      default -> false;
    };
  }

  @Override
  public String verb() {
    return verb;
  }

  @Override
  public String argument() {
    return argument;
  }

  @Override
  public char type() {
    return session.state().type.letter().charAt(0);
  }

  @Override
  public long restart() {
    return restart;
  }

  @Override
  public boolean isTransferNext() {
    return !session.door().isShut();
  }

  @Override
  public void reply(Reply reply) throws IOException {
    if (transfer != null) {
      throw new IllegalStateException("a transfer has its own replies, not " + reply);
    }
    try {
      session.reply(reply);
    } catch (IOException e) {
      throw ofClient(e);
    }
  }

  @Override
  public void hold(String text) throws IOException {
    DataTransfer own = transfer;
    if (own == null || beginning == null) {
      throw new IllegalStateException("no transfer begins that could be held: " + verb);
    }
    try {
      own.hold(text);
    } catch (IOException e) {
      throw ofClient(e);
    }
  }

  @Override
  public void register(Closeable thing) {
    if (beginning == null) {
      throw new IllegalStateException("no transfer begins that could be ended: " + verb);
    }
    beginning.register(thing);
  }

  @Override
  public boolean isEnded() {
    DataTransfer own = transfer;
    return own != null && own.isEnded();
  }

  @Override
  public void giveWay(String text) {
    DataTransfer own = transfer;
    if (own != null) {
      own.giveWay(text);
    }
  }

  @Override
  public Listening listen(Closeable thing) {
    if (transfer != null) {
      throw new IllegalStateException("a transfer listens itself: " + verb);
    }
    Abort abort = new Abort();
    CommandReader.Attention attention = session.reader().attend(abort);
    attention.register(thing);
    return new Listening() {
      @Override
      public boolean isEnded() {
        return abort.cause() != null;
      }

      @Override
      public void close() {
        attention.close();
      }
    };
  }

  @Override
  public void transfer(RelayedTransfer relayed) throws IOException, InterruptedException {
    if (transfer != null) {
      throw new IllegalStateException("a transfer within the one of " + verb);
    }
    session.state().endTransfer();
    DataTransfer own = new DataTransfer(session, verb, argument, relayed::moved);
    try {
      if (isPlainStream() && own.isReady()) {
        transfer = own;
        own.run(new RelayedCourse(own, relayed));
        tellWhoAsked(own);
      }
    } catch (ConnectionLost | TlsFailed e) {
      throw ofClient(e);
    } finally {
      transfer = null;
      close(relayed);
    }
  }

  /**
   * Who has ended it hears so, before the server behind is heard about it. Who gives way to others
   * hears it after them: its side may be stuck.
   */
  private void tellWhoAsked(DataTransfer own) throws IOException {
    if (own.isEnded() && !own.givesWay()) {
      session.flush();
    }
  }

  /** Mode Z may stand from a login before this one. */
  private boolean isPlainStream() throws IOException {
    boolean isPlain = session.state().mode == TransferMode.STREAM;
    if (!isPlain) {
      session.reply(504, "Data is passed on as it is: send MODE S first.");
    }
    return isPlain;
  }

  /** The client has its reply: what fails now is no matter of its own. */
  private void close(RelayedTransfer relayed) {
    try {
      relayed.close();
    } catch (IOException e) {
      session.debug("close-failed", e);
    }
  }

  private IOException ofClient(IOException e) {
    isBroken = true;
    return e;
  }

  /**
   * The same, if it is of the client's control connection; else one that cannot be taken for it.
   */
  private IOException named(IOException e) {
    return isBroken ? e : new IOException("behind: " + e.getMessage(), e);
  }

  /** The transfer of a relay, among the session's own. */
  private final class RelayedCourse implements DataTransfer.Course {
    private final DataTransfer own;
    private final RelayedTransfer relayed;
    private final DataEnding ending = new DataEnding(session);
    private CommandReader.@Nullable Attention listening; // since it has begun

    RelayedCourse(DataTransfer own, RelayedTransfer relayed) {
      this.own = own;
      this.relayed = relayed;
    }

    @Override
    public Reply begin(CommandReader.Attention attention) throws IOException, InterruptedException {
      beginning = attention;
      listening = attention;
      try {
        return relayed.begin();
      } catch (ConnectionLost | TlsFailed e) {
        throw named(e);
      } finally {
        beginning = null;
      }
    }

    @Override
    public Reply move(DataConnection data) throws IOException, InterruptedException {
      session.flush();
      relayed.move(data);
      if (relayed.isUpload()) {
        ending.requireWhole(data);
        requireWanted();
        if (listening != null) {
          listening.goOn(); // The server behind may take its time.
        }
        Reply last = complete();
        ending.endInput(data);
        return last;
      }
      Reply last = completeOutput(data);
      requireWanted(); // Its end was a reset, then.
      ending.endOutput(data);
      return last;
    }

    /**
     * A file that the server does not complete ends in a reset. A listing does not: many servers
     * say only behind an empty one that the folder is not there, and many clients tell a reset and
     * never read that.
     */
    private Reply completeOutput(DataConnection data) throws IOException {
      try {
        return complete();
      } catch (RelayFailed e) {
        if (!verb.equals("RETR") && !own.isEnded()) {
          ending.endOutput(data);
        }
        throw e;
      }
    }

    private Reply complete() throws IOException {
      try {
        return relayed.complete();
      } catch (ConnectionLost | TlsFailed e) {
        throw named(e);
      }
    }

    private void requireWanted() throws RelayFailed {
      if (own.isEnded()) {
        throw new RelayFailed(Reply.of(426, "Ended, as you asked."));
      }
    }

    @Override
    public void abort(DataConnection data) throws IOException {
      try {
        data.abort();
      } finally {
        relayed.abort();
      }
    }
  }
}
