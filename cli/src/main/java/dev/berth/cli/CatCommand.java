package dev.berth.cli;

import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth cat URL...}: files of a server to standard output. */
final class CatCommand implements Command {
  private final JobRunner runner;

  CatCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "cat";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL...",
            List.of(
                "Write files of a server to standard output.",
                "One after the other, byte for byte. A transfer that breaks off goes on where it"
                    + " stopped, and sizes are checked: trust the output only if the exit status"
                    + " is 0."),
            List.of(
                "Look into a file:",
                "berth cat ftp://ann@ftp.example.com/log/today.txt | less",
                "Several as one:",
                "berth cat ftp://ann@ftp.example.com/{head,body}.csv > all.csv"));
    spec.addPositional(HelpTexts.argument("URL...", "0..*", "1..*", "The files, on one server."));
    OptionTable.addToServerCommandWithoutJson(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    if (options.isJson()) {
      throw new UsageException(
          "cat writes the bytes of files to standard output, where JSON would be among them;"
              + " for facts about files there is: berth stat --json");
    }
    List<ServerUrl> urls = Arguments.urls(arguments);
    for (ServerUrl url : urls) {
      if (url.namesFolder()) {
        throw new UsageException(url + " names a folder; for folders there is: berth ls");
      }
    }
    Request request = Request.of(options, context.surroundings(), Arguments.access(urls));
    List<RemoteLocation> sources = urls.stream().map(ServerUrl::location).toList();
    PrintStream out = context.surroundings().out();
    return runner.run(
        new Job.Show(request.server(), request.terms(), sources, new Output(out)),
        options,
        context);
  }

  /** A print stream as a channel that fails when the stream does. */
  private record Output(PrintStream out) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      out.write(bytes);
      if (out.checkError()) {
        throw new IOException("standard output could not be written");
      }
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
