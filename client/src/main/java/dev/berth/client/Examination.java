package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.transport.ConnectionLost;
import dev.berth.wire.Command;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a server can do, a question at a time. Each is asked on a connection that the
 * caller has opened; some end it, and then the caller opens another for the next. Nothing is
 * written on the server but by {@link Question#WRITING}, behind which {@link Question#REMOVING}
 * belongs. Confined to one thread.
 */
public final class Examination {
  /** What is asked in one go: its answers are {@link Fact}s. */
  public enum Question {
    /** What the server says of itself. */
    WELCOME("what it is"),
    /** What TLS has agreed on. */
    ENCRYPTION("encryption"),
    /** Listings in both kinds; finds the sample that other questions need. */
    LISTINGS("listings"),
    /** Sizes, times and restarts. */
    FILES("files"),
    /** Hashes. */
    HASHES("hashes"),
    /** Extended passive mode. */
    EPSV("passive mode, EPSV"),
    /** Passive mode, and what address it names. */
    PASV("passive mode, PASV"),
    /** Extended active mode. */
    EPRT("active mode, EPRT"),
    /** Active mode. */
    PORT("active mode, PORT"),
    /** EPSV and RETR in one packet. */
    PAIR("commands ahead"),
    /** The next pair while one runs. */
    AHEAD("the next pair ahead"),
    /** NOOP while a transfer runs. */
    NOOP("NOOP in a transfer"),
    /** Uploads, times and permissions, on a file of our own, which is removed again. */
    WRITING("writing"),
    /** The same file, removed on another connection where the first broke. */
    REMOVING("removing what was written"),
    /** Whether data connections have to resume the TLS session. It ends the connection. */
    RESUMPTION("TLS sessions of data connections");

    private final String words;

    Question(String words) {
      this.words = words;
    }

    /** What is looked at, for people. */
    public String words() {
      return words;
    }
  }

  private final RemoteLocation place;
  private final Answers answers = new Answers();
  private @Nullable RemotePath folder;
  private @Nullable Sample sample;
  private WritingQuestions.@Nullable Leftover leftover;
  private @Nullable RemotePath missing;

  /**
   * An examination that has not asked anything.
   *
   * @param place a folder to list, with a small file in it if possible; or such a file
   */
  public Examination(RemoteLocation place) {
    this.place = place;
  }

  /** What was found out so far. */
  public Answers answers() {
    return answers;
  }

  /**
   * Asks one question. What the server refuses, and what fails on the network, is an answer; the
   * connection may be of no more use then.
   *
   * @throws IOException if this program ended the connection, as an interrupt does
   */
  public void ask(Question question, FtpConnection connection) throws IOException {
    switch (question) {
      case WELCOME -> new WelcomeQuestions(connection, answers).ask();
      case ENCRYPTION -> new EncryptionQuestions(connection, answers).ask();
      case LISTINGS -> listings(connection);
      case FILES -> new FileQuestions(connection, answers, sample()).ask();
      case HASHES -> new HashQuestions(connection, answers, sample()).ask();
      case EPSV -> new DataWayQuestions(connection, answers, data()).extendedPassive();
      case PASV -> new DataWayQuestions(connection, answers, data()).passive();
      case EPRT -> new DataWayQuestions(connection, answers, data()).active(Fact.EPRT);
      case PORT -> new DataWayQuestions(connection, answers, data()).active(Fact.PORT);
      case PAIR -> new PipeliningQuestions(connection, answers, sample()).pair();
      case AHEAD -> new PipeliningQuestions(connection, answers, sample()).ahead();
      case NOOP -> new PipeliningQuestions(connection, answers, sample()).noop();
      case WRITING ->
          leftover = new WritingQuestions(connection, answers, folder(connection)).ask();
      case REMOVING -> {
        if (leftover != null) {
          leftover = WritingQuestions.remove(connection, answers, leftover);
        }
      }
      case RESUMPTION -> new EncryptionQuestions(connection, answers).resumption(data());
    }
  }

  /**
   * The place, if the server says that there is nothing, and lists nothing there: then nothing can
   * be found out that needs a folder. Known after {@link Question#LISTINGS}.
   */
  public Optional<RemotePath> missingPlace() {
    return Optional.ofNullable(missing);
  }

  /** Whether a question can tell anything, as far as is known. */
  public boolean isWorthAsking(Question question) {
    return switch (question) {
      case RESUMPTION -> answers.isYes(Fact.TLS) && hasData();
      case REMOVING -> leftover != null;
      case AHEAD, NOOP -> answers.isYes(Fact.PAIR);
      case WELCOME, ENCRYPTION, LISTINGS, FILES, HASHES -> true;
      case EPSV, PASV, EPRT, PORT, PAIR, WRITING -> true;
    };
  }

  private boolean hasData() {
    return answers.isYes(Fact.EPSV) || answers.isYes(Fact.PASV);
  }

  private void listings(FtpConnection connection) throws IOException {
    RemotePath path = folder(connection);
    Optional<ListingEntry> file = Optional.empty();
    try {
      Optional<ListingEntry> found = connection.find(path);
      missing = found.isEmpty() ? path : null;
      file = found.filter(entry -> entry.type() == ListingEntry.Type.FILE);
    } catch (IOException e) {
      ofTheServer(e); // LIST tells below what there is to tell.
    }
    if (file.isPresent()) {
      folder = path.parent();
    }
    ListingQuestions questions = new ListingQuestions(connection, answers, folder(connection));
    Optional<RemotePath> listed = questions.ask();
    if (questions.hasListed()) {
      missing = null;
    } else if (missing != null) {
      Answer untold = new Answer.Unknown("there is nothing at " + missing);
      List.of(Fact.MLST, Fact.MLSD, Fact.LIST).forEach(fact -> answers.note(fact, untold));
    }
    Optional<RemotePath> chosen =
        file.filter(Examination::isSmall).map(it -> path).or(() -> listed);
    if (chosen.isPresent() && connection.isIntact()) {
      sample = retrieved(connection, chosen.get());
    }
  }

  static boolean isSmall(ListingEntry entry) {
    long bytes = entry.sizeBytes().orElse(0);
    return entry.type() == ListingEntry.Type.FILE && bytes >= 2 && bytes <= Sample.MOST_BYTES;
  }

  /** The bigger of the small ones: a transfer that is over at once hides what comes too early. */
  static Comparator<ListingEntry> fitness() {
    return Comparator.comparingLong(entry -> entry.sizeBytes().orElse(0));
  }

  private static @Nullable Sample retrieved(FtpConnection connection, RemotePath path)
      throws IOException {
    BoundedBytes content = new BoundedBytes(2 * Sample.MOST_BYTES);
    try {
      connection.beginRetrieve(path, 0).run(content);
      return new Sample(path, content.bytes());
    } catch (IOException e) {
      ofTheServer(e);
      return null;
    }
  }

  private RemotePath folder(FtpConnection connection) {
    if (folder == null) {
      folder = place.in(connection.loginFolder());
    }
    return folder;
  }

  private Optional<Sample> sample() {
    return Optional.ofNullable(sample);
  }

  /** A command that moves some data, and leaves everything as it is. */
  private Command data() {
    return sample().map(it -> Command.of("RETR", it.path().value())).orElse(Command.of("LIST"));
  }

  /** A question whose answer is one answer. */
  interface Asked {
    Answer answer() throws IOException;
  }

  /** The answer, with what the server refuses as a no, and a connection that broke as unknown. */
  static Answer answer(Asked asked) throws IOException {
    try {
      return asked.answer();
    } catch (ReplyException e) {
      return e.reply().isPermanentNegative()
          ? new Answer.No(e.reply().toString())
          : new Answer.Unknown(e.reply().toString());
    } catch (IOException e) {
      ofTheServer(e);
      return new Answer.Unknown(words(e));
    }
  }

  /** As {@link #answer}, where it is a no too that the data connection fails. */
  static Answer works(Asked asked) throws IOException {
    try {
      return asked.answer();
    } catch (ReplyException e) {
      // A 421 is about the session (an idle time-out, a shutdown), not about what was tried.
      return e.reply().code() == 421
          ? new Answer.Unknown(e.reply().toString())
          : new Answer.No(e.reply().toString());
    } catch (IOException e) {
      ofTheServer(e);
      return new Answer.No(words(e));
    }
  }

  /** Throws a failure on that is our own; a server's is an answer. */
  static void ofTheServer(IOException failure) throws IOException {
    boolean ours =
        failure instanceof LocalException
            || (failure instanceof ConnectionLost lost && lost.manner().isOurs());
    if (ours) {
      throw failure;
    }
  }

  static String words(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    return failure instanceof ProtocolException ? "not FTP: " + words : words;
  }
}
