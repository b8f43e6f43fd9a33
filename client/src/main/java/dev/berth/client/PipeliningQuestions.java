package dev.berth.client;

import dev.berth.transport.DataConnection;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which commands a server takes before it has answered the one before. A reply out of order ends
 * the connection: what is owed then is not known. What went well a few times may go wrong the next
 * (Pure-FTPd with a next pair), so the evidence says how often.
 */
final class PipeliningQuestions {
  private static final int TRIALS = 3;
  private static final Command NOOP = Command.of("NOOP");

  private final Dialogue dialogue;
  private final Answers answers;
  private final Optional<Sample> sample;
  private final DataTrial trial;

  PipeliningQuestions(FtpConnection connection, Answers answers, Optional<Sample> sample) {
    this.dialogue = connection.dialogue();
    this.answers = answers;
    this.sample = sample;
    this.trial = new DataTrial(connection);
  }

  void pair() throws IOException {
    note(Fact.PAIR, this::onePair);
  }

  void ahead() throws IOException {
    note(Fact.AHEAD, this::twoPairs);
  }

  void noop() throws IOException {
    note(Fact.NOOP_IN_TRANSFER, this::noopBetween);
  }

  /** One trial; the number says which. */
  private interface Trial {
    Answer run(Sample file, int number) throws IOException;
  }

  private void note(Fact fact, Trial one) throws IOException {
    if (sample.isEmpty()) {
      answers.note(fact, new Answer.Unknown(FileQuestions.NO_SAMPLE));
      return;
    }
    if (!answers.isYes(Fact.EPSV)) {
      answers.note(fact, new Answer.Unknown("EPSV does not work here"));
      return;
    }
    Answer answer = Examination.works(() -> repeated(one, sample.get()));
    answers.note(fact, answer);
    if (answer instanceof Answer.No) {
      dialogue.spoil();
    }
  }

  private Answer repeated(Trial one, Sample file) throws IOException {
    for (int n = 1; n <= TRIALS; n++) {
      if (one.run(file, n) instanceof Answer.No no) {
        return new Answer.No("in trial " + n + " of " + TRIALS + ": " + no.evidence());
      }
    }
    return new Answer.Yes("in " + TRIALS + " of " + TRIALS + " trials");
  }

  private Answer onePair(Sample file, int number) throws IOException {
    Command retrieve = Command.of("RETR", file.path().value());
    dialogue.send(List.of(DataTrial.EPSV, retrieve));
    DataConnection data = passive();
    return whole(trialled(retrieve, data), file);
  }

  /**
   * The next pair goes out right behind the first in every second trial, else when the first has
   * its data connection.
   */
  private Answer twoPairs(Sample file, int number) throws IOException {
    Command retrieve = Command.of("RETR", file.path().value());
    List<Command> pair = List.of(DataTrial.EPSV, retrieve);
    dialogue.send(pair);
    if (number % 2 == 1) {
      dialogue.send(pair);
    }
    DataConnection first = passive();
    if (number % 2 == 0) {
      try {
        dialogue.send(pair);
      } catch (IOException e) {
        throw trial.ended(retrieve, first, e);
      }
    }
    Answer one = whole(trialled(retrieve, first), file);
    return one instanceof Answer.No ? one : whole(trialled(retrieve, passive()), file);
  }

  /** NOOP goes out while the server waits for the data connection of a RETR. */
  private Answer noopBetween(Sample file, int number) throws IOException {
    Command retrieve = Command.of("RETR", file.path().value());
    dialogue.send(List.of(DataTrial.EPSV, retrieve));
    int port = trial.port(DataTrial.EPSV, dialogue.receive());
    dialogue.send(List.of(NOOP));
    DataConnection data = trial.connect(port);
    List<Reply> replies = new ArrayList<>();
    byte[] content;
    try {
      replies.add(dialogue.receive());
      content = trial.content(data);
      replies.add(dialogue.receive());
      replies.add(dialogue.receive());
    } catch (IOException e) {
      throw trial.ended(retrieve, data, e);
    }
    boolean inOrder =
        replies.get(0).isPreliminary()
            && replies.get(1).isCompletion()
            && replies.get(2).code() == 200
            && replies.get(1).code() != 200;
    String order = String.join(" / ", replies.stream().map(Reply::toString).toList());
    return inOrder ? whole(content, file) : new Answer.No(order);
  }

  private byte[] trialled(Command command, DataConnection data) throws IOException {
    try {
      return trial.taken(command, data, Duration.ZERO).content();
    } catch (ReplyException e) {
      dialogue.spoil(); // A next pair may be on its way: its replies would be taken for others.
      throw trial.ended(command, data, e);
    } catch (IOException e) {
      throw trial.ended(command, data, e);
    }
  }

  private DataConnection passive() throws IOException {
    try {
      return trial.connect(trial.port(DataTrial.EPSV, dialogue.receive()));
    } catch (ReplyException e) {
      dialogue.spoil();
      throw e;
    }
  }

  private static Answer whole(byte[] content, Sample file) {
    return Arrays.equals(content, file.content())
        ? new Answer.Yes("")
        : new Answer.No("other bytes came than those of the file");
  }
}
