package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.session.SessionState.Protection;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.DataConnection;
import dev.berth.transport.TlsFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One transfer, from the command that asks for it to its last reply: data connection, 150, TLS, the
 * bytes, 226. Made for one command, on the session's thread.
 */
final class DataTransfer {
  private final Session session;
  private final String verb;
  private final String path;
  private final Abort abort = new Abort();
  private final long beganNanos = System.nanoTime();
  private final ByteMover mover;
  private boolean announced; // 150 was said

  DataTransfer(Session session, String verb, String path) {
    this.session = session;
    this.verb = verb;
    this.path = path;
    this.mover = new ByteMover(session);
  }

  /** Whether there is a way for a data connection; if not, the client has been told. */
  boolean isReady() throws IOException {
    if (session.requiresTls() && session.state().protection == Protection.CLEAR) {
      session.reply(521, "Data goes in TLS only here: PBSZ 0 and PROT P have to come first.");
      return false;
    }
    if (session.door().isShut()) {
      session.reply(425, "No data connection: EPSV, PASV, EPRT or PORT has to come first.");
      return false;
    }
    return true;
  }

  /**
   * Sends.
   *
   * @param isText whether it has its line ends already, whatever the type: a listing
   */
  void send(Outgoing content, boolean isText) throws IOException, InterruptedException {
    OptionalLong size = content.size();
    // Many clients read the size out of the brackets.
    boolean isChanged =
        isText
            || session.state().type == RepresentationType.ASCII
            || session.state().mode == TransferMode.DEFLATE;
    String bytes = size.isPresent() && !isChanged ? " (" + size.getAsLong() + " bytes)" : "";
    run(
        beginning(bytes),
        data -> {
          if (content.bytes() instanceof FileChannel file && !isChanged) {
            mover.sendFile(data, file, size);
          } else {
            mover.sendBytes(data, content.bytes(), isText);
          }
          mover.endOutput(data);
        });
  }

  /** Receives; the file is kept only if all of it has come. */
  void receive(Incoming content, StoreWay way) throws IOException, InterruptedException {
    // RFC 1123 section 4.1.2.9 has this form for STOU.
    boolean isNamedHere = way instanceof StoreWay.Unique;
    run(
        isNamedHere ? "FILE: " + content.path().value() : beginning(""),
        data -> {
          try (IncomingBytes bytes = IncomingBytes.of(content, session.state())) {
            mover.receiveBytes(data, bytes);
            mover.requireWhole(data);
            bytes.finish();
          }
          content.keep();
          mover.endInput(data);
        });
  }

  /** What is done with a data connection that is ready. */
  @FunctionalInterface
  private interface Moving {
    void move(DataConnection data) throws IOException, InterruptedException;
  }

  private void run(String announcement, Moving moving) throws IOException, InterruptedException {
    try (CommandReader.Attention attention = session.reader().attend(abort)) {
      session.beginTransfer(attention);
      DataConnection data = connect(attention);
      attention.register(data::abort);
      try {
        announce(announcement);
        if (session.speech().isOurs()) {
          attention.answerStatus(() -> session.tellStatus(status()));
        }
        protect(data);
        moving.move(data);
      } catch (IOException | RuntimeException | InterruptedException e) {
        data.abort();
        throw e;
      }
      session.speech().serveEarly(true);
      end("done");
      session.reply(226, "Done: " + mover.moved() + " bytes.");
    } catch (ConnectionLost e) {
      failed(e);
    } catch (DataRefused e) {
      end(e.event());
      session.reply(e.code(), e.text());
    } catch (Denial e) {
      if (!wasAborted()) {
        end("denied");
        throw e;
      }
    } catch (TlsFailed e) {
      end("tls-broke");
      session.reply(426, "TLS broke on the data connection: " + e.getMessage() + ".");
    } catch (IOException | RuntimeException e) {
      end("fault");
      throw e;
    } finally {
      session.endTransfer();
    }
  }

  private DataConnection connect(CommandReader.Attention attention) throws IOException {
    Timers timers = session.timers();
    Optional<DataConnection> there = session.door().openNow(timers.stalled());
    if (there.isPresent()) {
      return there.get();
    }
    session.flush();
    return session
        .door()
        .open(
            session.service().settings().data().activePort(),
            attention::register,
            timers.stalled(),
            Deadline.after(timers.dataConnection()));
  }

  private String beginning(String detail) {
    return verb + " of " + path + detail + " begins, type " + session.state().type.letter() + ".";
  }

  private void announce(String announcement) throws IOException {
    session.reply(150, announcement);
    announced = true;
  }

  /** RFC 4217 section 9; whose data connection it is, the TLS session tells. */
  private void protect(DataConnection data) throws IOException {
    if (session.state().protection == Protection.CLEAR) {
      return;
    }
    session.flush();
    try {
      data.startTls(Deadline.after(session.timers().dataConnection()));
    } catch (TlsFailed e) {
      throw new DataRefused(
          522, "tls-failed", "TLS failed on the data connection: " + e.getMessage());
    }
    boolean isOwn = data.tls().isPresent() && data.tls().get().resumed();
    if (session.service().settings().data().sessionReuse() && !isOwn) {
      mover.hangUp(data);
      throw new DataRefused(
          522,
          "tls-not-resumed",
          "The data connection began a TLS session of its own. It has to resume the one of the"
              + " control connection, which proves that both are yours: your client can be told so,"
              + " or this server not to ask for it (session-reuse).");
    }
  }

  /** Whether the client has ended it, and was told. */
  private boolean wasAborted() throws IOException {
    Abort.Cause cause = abort.cause();
    if (cause == Abort.Cause.CONTROL_ENDED) {
      end("client-gone"); // Nobody is left to be told.
    } else if (cause == Abort.Cause.ASKED) {
      end("aborted");
      session.reply(426, "Ended, as you asked, after " + mover.moved() + " bytes.");
    }
    return cause != null;
  }

  private void failed(ConnectionLost e) throws IOException {
    if (wasAborted()) {
      return;
    }
    if (!announced) {
      end("no-data-connection");
      session.reply(425, "No data connection: " + e.getMessage() + ".");
    } else if (e.manner() == ConnectionLost.Manner.TIMED_OUT) {
      end("stalled");
      session.reply(
          426, "Stalled: no data for " + session.timers().stalled().toSeconds() + " s; ended.");
    } else {
      end("lost");
      session.reply(426, "The data connection was lost after " + mover.moved() + " bytes.");
    }
  }

  private void end(String outcome) {
    long millis = (System.nanoTime() - beganNanos) / 1_000_000;
    session.log(
        "transfer",
        "account",
        session.login().account(),
        "verb",
        verb,
        "path",
        path,
        "bytes",
        Long.toString(mover.moved()),
        "millis",
        Long.toString(millis),
        "outcome",
        outcome);
  }

  /** For STAT while it runs; on any thread. */
  private String status() {
    long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000;
    return verb + " of " + path + ": " + mover.moved() + " bytes in " + seconds + " s";
  }
}
