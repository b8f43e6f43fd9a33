package dev.berth.client;

import dev.berth.dialects.FactTime;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** What a server tells of a file, tried on one whose content is known. */
final class FileQuestions {
  static final String NO_SAMPLE = "no file of 2 B to 64 KiB is there to try it on";

  private final FtpConnection connection;
  private final Answers answers;
  private final Optional<Sample> sample;

  FileQuestions(FtpConnection connection, Answers answers, Optional<Sample> sample) {
    this.connection = connection;
    this.answers = answers;
    this.sample = sample;
  }

  void ask() throws IOException {
    if (sample.isEmpty()) {
      Answer unknown = new Answer.Unknown(NO_SAMPLE);
      answers.note(Fact.SIZE, unknown);
      answers.note(Fact.MDTM, unknown);
      answers.note(Fact.REST, unknown);
      return;
    }
    Sample file = sample.get();
    answers.note(Fact.SIZE, Examination.answer(() -> size(file)));
    answers.note(Fact.MDTM, Examination.answer(() -> modified(file.path())));
    answers.note(Fact.REST, Examination.works(() -> restart(file)));
  }

  private Answer size(Sample file) throws IOException {
    Command command = Command.of("SIZE", file.path().value());
    OptionalLong told = FtpConnection.sizeOf(connection.dialogue().complete(command));
    if (told.isEmpty()) {
      return new Answer.No("its reply holds no size");
    }
    return told.getAsLong() == file.size()
        ? new Answer.Yes(told.getAsLong() + " B, as many as came")
        : new Answer.No(told.getAsLong() + " B, but " + file.size() + " B came");
  }

  private Answer modified(RemotePath path) throws IOException {
    String text = connection.dialogue().complete(Command.of("MDTM", path.value())).text().strip();
    return FactTime.read(text)
        .<Answer>map(time -> new Answer.Yes(time.iso8601()))
        .orElseGet(() -> new Answer.No("its reply is no time: " + text));
  }

  private Answer restart(Sample file) throws IOException {
    int offset = file.size() / 2;
    BoundedBytes rest = new BoundedBytes(2 * Sample.MOST_BYTES);
    connection.beginRetrieve(file.path(), offset).run(rest);
    byte[] expected = Arrays.copyOfRange(file.content(), offset, file.size());
    return Arrays.equals(rest.bytes(), expected)
        ? new Answer.Yes("from byte " + offset + " on, the rest came")
        : new Answer.No("from byte " + offset + " on, other bytes came");
  }
}
