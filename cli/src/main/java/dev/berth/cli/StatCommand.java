package dev.berth.cli;

import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth stat URL...}: what a server knows of single files and folders. */
final class StatCommand implements Command {
  private final JobRunner runner;

  StatCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "stat";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL...",
            List.of(
                "Tell what a server knows of single files and folders.",
                "Type, size, time (UTC), permissions, owner and group, as far as the server tells"
                    + " them."),
            List.of(
                "One file:",
                "berth stat ftp://ann@ftp.example.com/report.pdf",
                "For machines:",
                "berth stat --json ftp://ann@ftp.example.com/report.pdf | jq .size"));
    spec.addPositional(
        HelpTexts.argument("URL...", "0..*", "1..*", "Files or folders, on one server."));
    OptionTable.addToServerCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    List<ServerUrl> urls = Arguments.urls(arguments);
    Request request = Request.of(options, context.surroundings(), Arguments.access(urls));
    List<RemoteLocation> places = urls.stream().map(ServerUrl::location).toList();
    BiConsumer<RemotePath, ListingEntry> found = teller(options, context.surroundings().out());
    return runner.run(
        new Job.Stat(request.server(), request.terms(), places, found), options, context);
  }

  private static BiConsumer<RemotePath, ListingEntry> teller(Options options, PrintStream out) {
    if (options.isJson()) {
      return JsonLines.to(out)::entry;
    }
    return (path, entry) -> print(path, entry, out);
  }

  private static void print(RemotePath path, ListingEntry entry, PrintStream out) {
    line(out, "path", Optional.of(path.value()));
    line(out, "type", Optional.of(entry.type().name().toLowerCase(Locale.ROOT)));
    entry
        .sizeBytes()
        .ifPresent(
            bytes -> line(out, "size", Optional.of(bytes + " (" + Sizes.format(bytes) + ")")));
    line(out, "modified", entry.modified().map(time -> time.iso8601()));
    line(out, "permissions", entry.permissions());
    line(out, "owner", entry.owner());
    line(out, "group", entry.group());
    line(out, "target", entry.target());
  }

  private static void line(PrintStream out, String what, Optional<String> value) {
    value.ifPresent(text -> out.println("%-12s %s".formatted(what + ":", Shown.line(text))));
  }
}
