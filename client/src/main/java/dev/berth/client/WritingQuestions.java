package dev.berth.client;

import dev.berth.client.AttributeTraits.TimeWay;
import dev.berth.dialects.FactTime;
import dev.berth.dialects.Modified;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a server lets us write, tried on one file of 3 KiB under a name that nobody else has, which
 * is removed again: on this connection, or, where that broke, on another by {@link #remove}.
 */
final class WritingQuestions {
  private static final int BYTES = 3072;
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");

  /**
   * Replies about the session (421), the data connection (425, 426), its encryption (522), or room
   * (452, 552): not about the command.
   */
  private static final Set<Integer> OTHER_MATTERS = Set.of(421, 425, 426, 452, 522, 552);

  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final Answers answers;
  private final RemotePath file;
  private final byte[] content = new byte[BYTES];
  private boolean mayStand; // the file, on the server

  WritingQuestions(FtpConnection connection, Answers answers, RemotePath folder) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.answers = answers;
    long any = ThreadLocalRandom.current().nextLong();
    this.file = folder.resolve(".berth-" + HexFormat.of().toHexDigits(any) + ".part");
    for (int n = 0; n < BYTES; n++) {
      content[n] = (byte) (n * 31 + n / 256);
    }
  }

  /**
   * A file of ours that may stand on the server yet.
   *
   * @param stored what was found out of STOR
   */
  record Leftover(RemotePath file, Answer stored) {}

  /** Asks; the answer is what has to be removed on another connection, if anything. */
  @Nullable Leftover ask() throws IOException {
    Answer stored = Answer.notAsked();
    Leftover left = null;
    try {
      stored = asked(this::store, "STOR");
      answers.note(Fact.STOR, stored);
      if (stored instanceof Answer.Yes) {
        change();
      }
    } finally {
      if (mayStand) {
        left = remove(connection, answers, new Leftover(file, stored));
      }
    }
    return left;
  }

  private void change() throws IOException {
    note(Fact.REST_STOR, this::restart, "REST", "STOR");
    note(Fact.APPE, this::append, "APPE");
    note(Fact.MFMT, () -> time(TimeWay.MFMT), "MFMT");
    note(Fact.MDTM_SET, () -> time(TimeWay.MDTM), "MDTM");
    note(Fact.SITE_UTIME, () -> time(TimeWay.UTIME_FIVE), "SITE");
    if (answers.of(Fact.SITE_UTIME) instanceof Answer.No five) {
      note(Fact.SITE_UTIME, () -> time(TimeWay.UTIME_TWO), "SITE");
      if (answers.of(Fact.SITE_UTIME) instanceof Answer.No two) {
        String both = "name first: " + five.evidence() + "; time first: " + two.evidence();
        answers.note(Fact.SITE_UTIME, new Answer.No(both));
      }
    }
    note(Fact.SITE_CHMOD, this::chmod, "SITE");
  }

  private void note(Fact fact, Examination.Asked question, String... verbs) throws IOException {
    answers.note(
        fact,
        dialogue.isIntact()
            ? asked(question, verbs)
            : new Answer.Unknown("the connection broke before"));
  }

  /**
   * The answer, where it is a no only that these very commands are refused. That the data
   * connection fails says nothing about them, nor that what was written cannot be read.
   */
  private static Answer asked(Examination.Asked question, String... verbs) throws IOException {
    try {
      return question.answer();
    } catch (ReplyException e) {
      boolean isRefused =
          Arrays.asList(verbs).contains(e.command().verb())
              && !OTHER_MATTERS.contains(e.reply().code());
      return isRefused
          ? new Answer.No(e.reply().toString())
          : new Answer.Unknown(e.command().verb() + ": " + e.reply());
    } catch (IOException e) {
      Examination.ofTheServer(e);
      return new Answer.Unknown(Examination.words(e));
    }
  }

  private Answer store() throws IOException {
    put("STOR", Arrays.copyOf(content, 1024), 0);
    Answer held = asked(() -> holds(1024));
    return held instanceof Answer.Unknown unread
        ? new Answer.Yes("1024 B were taken, but could not be read again: " + unread.evidence())
        : held;
  }

  private Answer restart() throws IOException {
    put("STOR", Arrays.copyOfRange(content, 1024, 2048), 1024);
    return holds(2048);
  }

  /** Behind whatever stands there, for the restart may have gone wrong. */
  private Answer append() throws IOException {
    put("STOR", Arrays.copyOf(content, 2048), 0);
    put("APPE", Arrays.copyOfRange(content, 2048, BYTES), 0);
    return holds(BYTES);
  }

  private void put(String verb, byte[] bytes, long offset) throws IOException {
    DataTrial trial = new DataTrial(connection);
    try {
      trial.store(Command.of(verb, file.value()), bytes, offset);
    } finally {
      mayStand |= trial.mayHaveStored();
    }
  }

  /** Whether the file is the beginning of what was to be written. */
  private Answer holds(int bytes) throws IOException {
    BoundedBytes retrieved = new BoundedBytes(2 * BYTES);
    connection.beginRetrieve(file, 0).run(retrieved);
    byte[] came = retrieved.bytes();
    return Arrays.equals(came, Arrays.copyOf(content, bytes))
        ? new Answer.Yes(bytes + " B stood there as they were sent")
        : new Answer.No(came.length + " B stood there, not the " + bytes + " B that were sent");
  }

  /** Sets the time, and believes it only if the server then tells it. */
  private Answer time(TimeWay way) throws IOException {
    touch();
    dialogue.complete(Attributes.command(way, file, LONG_AGO));
    Reply reply = dialogue.exchange(Command.of("MDTM", file.value()));
    Optional<Modified> told =
        reply.isFileStatus() ? FactTime.read(reply.text().strip()) : Optional.empty();
    if (told.isEmpty()) {
      return new Answer.Unknown("it said yes, but MDTM tells no time: " + reply);
    }
    return told.get().mayBe(LONG_AGO)
        ? new Answer.Yes("MDTM told the time that was set")
        : new Answer.No("it said yes, but MDTM tells another time");
  }

  /** Uploads anew, so that the time is not right already by what was set before. */
  private void touch() throws IOException {
    put("STOR", Arrays.copyOf(content, 1024), 0);
  }

  private Answer chmod() throws IOException {
    return new Answer.Yes(
        dialogue.complete(Command.of("SITE", "CHMOD 600 " + file.value())).toString());
  }

  /** Removes the file, or says where it is; the answer is what is left to be removed elsewhere. */
  static @Nullable Leftover remove(FtpConnection connection, Answers answers, Leftover left)
      throws IOException {
    Answer stored = left.stored();
    if (connection.isIntact()) {
      Command delete = Command.of("DELE", left.file().value());
      Answer removed =
          asked(() -> new Answer.Yes(connection.dialogue().complete(delete).toString()), "DELE");
      if (removed instanceof Answer.Yes) {
        answers.note(Fact.STOR, stored);
        return null;
      }
      if (connection.isIntact()) {
        answers.note(Fact.STOR, withLeftover(left, removed.evidence()));
        return null;
      }
    }
    answers.note(Fact.STOR, withLeftover(left, "the connection broke"));
    return left;
  }

  private static Answer withLeftover(Leftover left, String why) {
    String words = left.stored().evidence() + "; " + left.file() + " could not be removed: " + why;
    return switch (left.stored()) {
      case Answer.Yes yes -> new Answer.Yes(words);
      case Answer.No no -> new Answer.No(words);
      case Answer.Told told -> new Answer.Told(told.value(), words);
      case Answer.Unknown unknown -> new Answer.Unknown(words);
    };
  }
}
