package dev.berth.pool;

import dev.berth.client.Answer;
import dev.berth.client.Answers;
import dev.berth.client.DataMode;
import dev.berth.client.Examination;
import dev.berth.client.Examination.Question;
import dev.berth.client.Fact;
import dev.berth.client.Login;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a server can do and allows, on connections of a pool. It holds one connection at a
 * time but in search of the limit, and when it watches an idle session. Used once, by one thread.
 */
public final class ServerProbe {
  private static final String PURPOSE = "probe";
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  /** What became of a probe. */
  public sealed interface Outcome {
    /**
     * It has ended.
     *
     * @param shortfall why some questions were not asked; empty if all were
     */
    record Done(ServerProfile profile, String shortfall) implements Outcome {}

    /** There was no connection at all; never {@link Leasing.Leased}. */
    record NoConnection(Leasing why) implements Outcome {}
  }

  private final ConnectionPool pool;
  private final ConnectionPool inTls12;
  private final ProbeSettings settings;
  private final Consumer<String> progress;
  private final Examination examination;
  private final LimitSearch search;
  private @Nullable Lease lease; // confined to the one thread

  /**
   * A probe that has not begun.
   *
   * @param inTls12 the same server and budget, but in TLS 1.2 only
   * @param progress hears what is looked at
   */
  public ServerProbe(
      ConnectionPool pool,
      ConnectionPool inTls12,
      Login login,
      RemoteLocation place,
      ProbeSettings settings,
      Consumer<String> progress) {
    this.pool = pool;
    this.inTls12 = inTls12;
    this.settings = settings;
    this.progress = progress;
    this.examination = new Examination(place);
    this.search = new LimitSearch(pool, login);
  }

  /**
   * Asks everything. Blocks until it has ended; every wait in it is bounded by the timeouts of the
   * connections and by the patience of the settings.
   *
   * @throws IOException what no waiting mends: a certificate that is not trusted
   * @throws InterruptedException if the thread is interrupted; connections are given back
   */
  public Outcome run() throws IOException, InterruptedException {
    try {
      Leasing first = lease();
      if (lease == null) {
        return new Outcome.NoConnection(first);
      }
      String shortfall = askAll();
      LimitFinding limit = shortfall.isEmpty() ? limit() : notSought();
      if (shortfall.isEmpty()) {
        watchIdle(limit);
      }
      return new Outcome.Done(new ServerProfile(examination.answers().all(), limit), shortfall);
    } catch (ConnectionLost e) {
      if (e.manner() == ConnectionLost.Manner.INTERRUPTED && Thread.interrupted()) {
        InterruptedException interrupted = new InterruptedException("interrupted in a probe");
        interrupted.initCause(e);
        throw interrupted;
      }
      throw e;
    } finally {
      giveBack();
    }
  }

  /** Asks one question after the other; the answer is why it ended early, or nothing. */
  private String askAll() throws IOException, InterruptedException {
    for (Question question : questions()) {
      if (!examination.isWorthAsking(question)) {
        continue;
      }
      Leasing leasing = lease();
      if (lease == null) {
        return "no connection for " + question.words() + ": " + words(leasing);
      }
      progress.accept(question.words());
      examination.ask(question, lease.connection());
      if (examination.missingPlace().isPresent()) {
        return "there is nothing at " + examination.missingPlace().get();
      }
      if (question == Question.PASV) {
        activeWhereNeeded();
      }
    }
    if (examination.answers().of(Fact.TLS_VERSION) instanceof Answer.Told told
        && told.value().equals("TLSv1.3")) {
      olderTls();
    }
    return "";
  }

  private List<Question> questions() {
    List<Question> all =
        new ArrayList<>(
            List.of(
                Question.WELCOME,
                Question.ENCRYPTION,
                Question.LISTINGS,
                Question.FILES,
                Question.HASHES,
                Question.EPSV,
                Question.PASV,
                Question.PAIR,
                Question.AHEAD));
    if (settings.interrupting() == ProbeSettings.Interrupting.ALLOWED) {
      all.add(Question.NOOP);
    }
    if (settings.writing() == ProbeSettings.Writing.ALLOWED) {
      all.add(Question.WRITING);
      all.add(Question.REMOVING);
    }
    all.add(Question.RESUMPTION);
    return all;
  }

  /** Active mode opens a port of ours: it is tried if asked for, or if nothing else works. */
  private void activeWhereNeeded() throws IOException, InterruptedException {
    Answers answers = examination.answers();
    boolean passive =
        answers.of(Fact.EPSV) instanceof Answer.Yes || answers.of(Fact.PASV) instanceof Answer.Yes;
    boolean wanted =
        settings.data() == DataMode.ACTIVE || (settings.data() == DataMode.AUTO && !passive);
    if (wanted) {
      for (Question question : List.of(Question.EPRT, Question.PORT)) {
        lease();
        if (lease != null) {
          progress.accept(question.words());
          examination.ask(question, lease.connection());
        }
      }
    }
  }

  /** Another login, in TLS 1.2: with nothing parked, the budget can only open a new one. */
  private void olderTls() throws IOException, InterruptedException {
    progress.accept("TLS 1.2");
    leave();
    Answer answer;
    try {
      Leasing leasing = inTls12.lease(PURPOSE, Deadline.after(settings.patience()));
      if (leasing instanceof Leasing.Leased(Lease older)) {
        older.connection().quit(GOODBYE);
        older.close();
        answer = new Answer.Yes("a login in it worked");
      } else {
        answer = new Answer.Unknown(words(leasing));
      }
    } catch (TlsFailed e) {
      answer = new Answer.No(String.valueOf(e.getMessage()));
    }
    examination.answers().note(Fact.TLS_1_2, answer);
  }

  private LimitFinding limit() throws IOException, InterruptedException {
    if (settings.connections() == 1) {
      return notSought();
    }
    Leasing leasing = lease();
    return lease == null
        ? search.finding(0, new LimitFinding.End.NoRoom(words(leasing)))
        : search.run(lease, settings, progress);
  }

  private LimitFinding notSought() {
    return search.finding(1, new LimitFinding.End.NotSought());
  }

  private void watchIdle(LimitFinding limit) throws IOException, InterruptedException {
    if (settings.idle().isZero()) {
      return;
    }
    if (isSilent(limit.end())) {
      examination
          .answers()
          .note(Fact.IDLE_MEASURED, new Answer.Unknown("left out: the server fell silent"));
      return;
    }
    lease();
    if (lease != null) {
      progress.accept("idle time, for " + settings.idle().toSeconds() + " s at the most");
      new IdleWatch(pool, examination.answers(), settings.idle()).run(lease);
    }
  }

  private static boolean isSilent(LimitFinding.End end) {
    return end instanceof LimitFinding.End.Unreachable
        || (end instanceof LimitFinding.End.TurnedAway away
            && away.refusal() instanceof Refusal.Silent);
  }

  /** A connection that works, if one is to be had: else the answer says why not. */
  private Leasing lease() throws IOException, InterruptedException {
    if (lease != null && lease.connection().isReusable()) {
      return new Leasing.Leased(lease);
    }
    giveBack();
    Leasing leasing = pool.lease(PURPOSE, Deadline.after(settings.patience()));
    if (leasing instanceof Leasing.Leased(Lease mine)) {
      lease = mine;
    }
    return leasing;
  }

  /** Gives the connection back as one that nobody uses again. */
  private void leave() {
    if (lease != null) {
      lease.connection().quit(GOODBYE);
    }
    giveBack();
  }

  private void giveBack() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }

  private static String words(Leasing leasing) {
    return switch (leasing) {
      case Leasing.Leased leased -> "";
      case Leasing.TimedOut late -> late.explanation();
      case Leasing.Refused refused -> refused.refusal().words();
      case Leasing.Unreachable none -> none.reason();
      case Leasing.Closed closed -> "the pool was closed";
    };
  }
}
