package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Which commands tell a file's hash, compared with what its content gives. Only those that FEAT
 * lists are tried: some servers count unknown commands.
 */
final class HashQuestions {
  /**
   * A command for one algorithm.
   *
   * @param verbs the names that it goes by
   * @param algorithm as the JDK calls it; {@code CRC32} aside
   */
  private record Kind(Fact fact, List<String> verbs, String algorithm) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Fact.XCRC, List.of("XCRC"), "CRC32"),
          new Kind(Fact.XMD5, List.of("XMD5"), "MD5"),
          new Kind(Fact.XSHA1, List.of("XSHA1", "XSHA"), "SHA-1"),
          new Kind(Fact.XSHA256, List.of("XSHA256"), "SHA-256"),
          new Kind(Fact.XSHA512, List.of("XSHA512"), "SHA-512"),
          new Kind(Fact.MD5, List.of("MD5"), "MD5"));

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
    String answer = reply.text().strip();
    String algorithm = answer.split(" ", 2)[0];
    return compared(algorithm, answer, sample.get(), algorithms);
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
    return compared(kind.algorithm(), reply.text(), sample.get(), "");
  }

  private Reply exchange(String verb, Sample file) throws IOException {
    return connection.dialogue().complete(Command.of(verb, file.path().value()));
  }

  private static Answer compared(String algorithm, String answer, Sample file, String algorithms) {
    String offered = algorithms.isEmpty() ? "" : "; it offers " + algorithms;
    Optional<String> expected = digest(algorithm, file.content());
    if (expected.isEmpty()) {
      return new Answer.Unknown(algorithm + " is not known here" + offered);
    }
    return answer.toLowerCase(Locale.ROOT).contains(expected.get())
        ? new Answer.Yes(algorithm + " agrees with the content" + offered)
        : new Answer.No(algorithm + " disagrees with the content: " + answer);
  }

  private static Optional<String> digest(String algorithm, byte[] content) {
    if (algorithm.equals("CRC32")) {
      CRC32 crc = new CRC32();
      crc.update(content);
      // Servers leave out zeros in front, and some do not: both hold what is left.
      return Optional.of(Long.toHexString(crc.getValue()));
    }
    try {
      return Optional.of(hex(MessageDigest.getInstance(algorithm).digest(content)));
    } catch (NoSuchAlgorithmException e) {
      return Optional.empty();
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
