package dev.berth.client;

import dev.berth.dialects.FactTime;
import dev.berth.dialects.Modified;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a server lets us write, tried on one file of 3 KiB under a name that nobody else has, which
 * is removed again.
 */
final class WritingQuestions {
  private static final int BYTES = 3072;
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");
  private static final String DIGITS = "20010203040506";

  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final Answers answers;
  private final RemotePath file;
  private final byte[] content = new byte[BYTES];

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

  void ask() throws IOException {
    Answer stored = Examination.works(this::store);
    answers.note(Fact.STOR, stored);
    if (!(stored instanceof Answer.Yes)) {
      return;
    }
    try {
      note(Fact.REST_STOR, this::restart);
      note(Fact.APPE, this::append);
      note(Fact.MFMT, () -> time("MFMT " + DIGITS + " " + file.value()));
      note(Fact.MDTM_SET, () -> time("MDTM " + DIGITS + " " + file.value()));
      note(Fact.SITE_UTIME, () -> time("SITE UTIME " + DIGITS + " " + file.value()));
      note(Fact.SITE_CHMOD, this::chmod);
    } finally {
      remove();
    }
  }

  private void note(Fact fact, Examination.Asked asked) throws IOException {
    answers.note(
        fact,
        dialogue.isIntact()
            ? Examination.works(asked)
            : new Answer.Unknown("the connection broke before"));
  }

  private Answer store() throws IOException {
    put("STOR", Arrays.copyOf(content, 1024), 0);
    return holds(1024);
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
    new DataTrial(connection).store(Command.of(verb, file.value()), bytes, offset);
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
  private Answer time(String line) throws IOException {
    touch();
    int space = line.indexOf(' ');
    dialogue.complete(Command.of(line.substring(0, space), line.substring(space + 1)));
    Optional<Modified> told =
        FactTime.read(dialogue.complete(Command.of("MDTM", file.value())).text().strip());
    boolean isSet = told.map(time -> time.mayBe(LONG_AGO)).orElse(false);
    return isSet
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

  private void remove() throws IOException {
    if (!dialogue.isIntact()) {
      answers.note(
          Fact.STOR,
          new Answer.Yes("but " + file.value() + " could not be removed: the connection broke"));
      return;
    }
    Answer removed =
        Examination.works(
            () -> new Answer.Yes(dialogue.complete(Command.of("DELE", file.value())).toString()));
    if (!(removed instanceof Answer.Yes)) {
      answers.note(
          Fact.STOR,
          new Answer.Yes("but " + file.value() + " could not be removed: " + removed.evidence()));
    }
  }
}
