package dev.berth.cli;

import dev.berth.dialects.RefusalReader;
import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth explain [TEXT... | -]}: what a server's reply means and what to do about it. */
final class ExplainCommand implements Command {
  private static final int LONGEST_LINE = 1 << 16;

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "[TEXT... | -]",
            List.of(
                "Explain what an FTP server's reply means and what to do.",
                "Reads replies in any language. Without TEXT, or with -, each line of standard"
                    + " input is one: [PHASE<TAB>]CODE TEXT, where PHASE is greeting, USER, PASS,"
                    + " session or unknown."),
            List.of(
                "A message that you met:",
                "berth explain \"421 Too many connections (8) from this IP\"",
                "Those of a log, for machines:",
                "grep ' 421 ' ftp.log | cut -d' ' -f5- | berth explain --json -"));
    spec.addPositional(
        HelpTexts.argument("TEXT", "0..*", "0..*", "One reply, as the server said it."));
    OptionTable.addJson(spec);
    OptionTable.addToLocalCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) throws IOException {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    Surroundings surroundings = context.surroundings();
    RefusalReader reader = new RefusalReader();
    Consumer<Explanation> teller = teller(Options.of(arguments).isJson(), surroundings.out());
    if (words.isEmpty() || words.equals(List.of("-"))) {
      explainLines(reader, surroundings.in(), teller);
    } else {
      teller.accept(Explanation.of(QuotedReply.parse(String.join(" ", words)), reader));
    }
    return ExitStatus.DONE;
  }

  private static void explainLines(
      RefusalReader reader, InputStream in, Consumer<Explanation> teller) throws IOException {
    for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
      String text = Octets.latin(Octets.toText(line.get()));
      teller.accept(Explanation.of(QuotedReply.parse(text), reader));
    }
  }

  /** The next line without its end; of one that never seems to end, the beginning. */
  private static Optional<byte[]> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = in.read();
    if (octet < 0) {
      return Optional.empty();
    }
    for (; octet >= 0 && octet != '\n'; octet = in.read()) {
      if (line.size() < LONGEST_LINE) {
        line.write(octet);
      }
    }
    return Optional.of(line.toByteArray());
  }

  private static Consumer<Explanation> teller(boolean isJson, PrintStream out) {
    if (isJson) {
      JsonLines json = JsonLines.to(out);
      return explanation -> json.answer(explanation.answer());
    }
    return explanation -> out.println(explanation.inWords());
  }
}
