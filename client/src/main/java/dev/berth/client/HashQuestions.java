package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;

/**
 * Which commands tell a file's hash, compared with what its content gives. Only those that FEAT
 * lists are tried: some servers count unknown commands.
 */
final class HashQuestions {
  /** A command for one algorithm; {@code verbs} are the names that it goes by. */
  private record Kind(Fact fact, HashAlgorithm algorithm, List<String> verbs) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Fact.XCRC, HashAlgorithm.CRC_32, List.of("XCRC")),
          new Kind(Fact.XMD5, HashAlgorithm.MD5, List.of("XMD5")),
          new Kind(Fact.XSHA1, HashAlgorithm.SHA_1, List.of("XSHA1", "XSHA")),
          new Kind(Fact.XSHA256, HashAlgorithm.SHA_256, List.of("XSHA256")),
          new Kind(Fact.XSHA512, HashAlgorithm.SHA_512, List.of("XSHA512")),
          new Kind(Fact.MD5, HashAlgorithm.MD5, List.of("MD5")));

  private final FtpConnection connection;
  private final Answers answers;
  private final Optional<Sample> sample;

  HashQuestions(FtpConnection connection, Answers answers, Optional<Sample> sample) {
    this.connection = connection;
    this.answers = answers;
    this.sample = sample;
  }

  void ask() throws IOException {
    answers.note(Fact.HASH, Examination.answer(this::hash));
    for (Kind kind : KINDS) {
      answers.note(kind.fact(), Examination.answer(() -> oneOf(kind)));
    }
  }

  private Answer hash() throws IOException {
    if (!connection.features().has("HASH")) {
      return new Answer.No("FEAT does not list it");
    }
    String algorithms = connection.features().parameters().getOrDefault("HASH", "");
    if (sample.isEmpty()) {
      return new Answer.Unknown(algorithms + "; " + FileQuestions.NO_SAMPLE);
    }
    Reply reply = exchange("HASH", sample.get());
    String selected = reply.text().strip().split(" ", 2)[0];
    String offers = "; it offers " + algorithms;
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if (algorithm.word().equalsIgnoreCase(selected)) {
        return compared(algorithm, reply, sample.get(), offers);
      }
    }
    return new Answer.Unknown(selected + " is not known here" + offers);
  }

  private Answer oneOf(Kind kind) throws IOException {
    Optional<String> verb = kind.verbs().stream().filter(connection.features()::has).findFirst();
    if (verb.isEmpty()) {
      return new Answer.No("FEAT does not list it");
    }
    if (sample.isEmpty()) {
      return new Answer.Unknown("FEAT lists it; " + FileQuestions.NO_SAMPLE);
    }
    Reply reply = exchange(verb.get(), sample.get());
    return compared(kind.algorithm(), reply, sample.get(), "");
  }

  private Reply exchange(String verb, Sample file) throws IOException {
    return connection.dialogue().complete(Command.of(verb, file.path().value()));
  }

  /** Read as {@code --verify=hash} reads it, so that a yes here is a hash there. */
  private static Answer compared(HashAlgorithm algorithm, Reply reply, Sample file, String more)
      throws IOException {
    Optional<FileHash> told = Hashing.digits(algorithm, reply);
    if (told.isEmpty()) {
      return new Answer.No("no " + algorithm.word() + " is to be found in " + reply);
    }
    String expected = algorithm.of(Channels.newChannel(new ByteArrayInputStream(file.content())));
    return told.get().hex().equals(expected)
        ? new Answer.Yes(algorithm.word() + " agrees with the content" + more)
        : new Answer.No(algorithm.word() + " disagrees with the content: " + reply.text());
  }
}
