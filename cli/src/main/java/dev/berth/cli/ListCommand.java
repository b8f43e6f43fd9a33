package dev.berth.cli;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth ls URL}: what a folder of a server holds. */
final class ListCommand implements Command {
  private final Engine engine;

  ListCommand(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "ls";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL",
            List.of(
                "List a folder of a server.",
                "Shows permissions, owner, group, size, time (UTC) and name, as far as the server"
                    + " tells them."),
            List.of(
                "The login folder:",
                "berth ls ftp://ann@ftp.example.com/",
                "For machines:",
                "berth ls --json ftp://ann@ftp.example.com//srv | jq -r .name"));
    spec.addPositional(HelpTexts.argument("URL", "0", "1", "The folder, or one file."));
    OptionTable.addToServerCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    ServerUrl url = Arguments.url(arguments.matchedPositionalValue(0, ""));
    Surroundings surroundings = context.surroundings();
    Request request = Request.of(options, surroundings, url);
    Listing listing = new Listing(request.server(), request.terms(), url.location());
    Ending ending;
    try (Display display = Display.open(surroundings, options.isQuiet())) {
      // Files have no lines here: what could not be listed is in the ending.
      DisplayReporter telling =
          new DisplayReporter(display, options, Deed.STAT, surroundings.out(), file -> {});
      ending = engine.list(listing, lines(options, surroundings), telling);
    }
    JobRunner.sayEnding(ending, options, surroundings);
    return ending.status();
  }

  private static Consumer<ListingLine> lines(Options options, Surroundings surroundings) {
    if (options.isJson()) {
      return JsonLines.to(surroundings.out())::listing;
    }
    return line -> print(line, surroundings);
  }

  private static void print(ListingLine line, Surroundings surroundings) {
    PrintStream out = surroundings.out();
    switch (line) {
      case ListingLine.Entry entry -> out.println(row(entry.entry()));
      case ListingLine.Unreadable unreadable ->
          surroundings
              .err()
              .println(
                  Shown.line(
                      "berth: cannot read '" + unreadable.line() + "': " + unreadable.why()));
      case ListingLine.Ignored _, ListingLine.OtherFolder _ -> {}
    }
  }

  /** Columns wide enough for most; no width is known before the last line has come. */
  private static String row(ListingEntry entry) {
    String size =
        entry.sizeBytes().isPresent() ? Long.toString(entry.sizeBytes().getAsLong()) : "-";
    String name = entry.name() + entry.target().map(target -> " -> " + target).orElse("");
    return Shown.line(
        "%s%-9s %-8s %-8s %12s %-17s %s"
            .formatted(
                letter(entry.type()),
                entry.permissions().orElse("-"),
                entry.owner().orElse("-"),
                entry.group().orElse("-"),
                size,
                entry.modified().map(time -> time.iso8601()).orElse("-"),
                name));
  }

  private static char letter(ListingEntry.Type type) {
    return switch (type) {
      case FILE -> '-';
      case FOLDER -> 'd';
      case LINK -> 'l';
      case OTHER -> '?';
    };
  }
}
