package dev.berth.cli;

import dev.berth.transfer.Housekeeping;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Reads the arguments of commands. */
final class Arguments {
  private Arguments() {}

  /**
   * An address of a server.
   *
   * @throws UsageException when it is none
   */
  static ServerUrl url(String text) {
    try {
      return ServerUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Failures.reason(e));
    }
  }

  /**
   * The addresses that a command is given, all of them on one server.
   *
   * @throws UsageException when one of them is none, or is on another server
   */
  static List<ServerUrl> urls(ParseResult arguments) {
    return urls(arguments, ": run the command once for each");
  }

  /**
   * As {@link #urls(ParseResult)}.
   *
   * @param instead what else to do with several servers; the end of a sentence
   */
  static List<ServerUrl> urls(ParseResult arguments, String instead) {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    List<ServerUrl> urls = words.stream().map(Arguments::url).toList();
    for (ServerUrl url : urls) {
      if (!url.isSameServerAs(urls.getFirst())) {
        throw new UsageException(
            "one server and one user at a time, not %s and %s%s"
                .formatted(urls.getFirst(), url, instead));
      }
    }
    return urls;
  }

  /**
   * Checks that an address may be removed or renamed.
   *
   * @throws UsageException when it would take everything with it
   */
  static void requireNamed(ServerUrl url) {
    try {
      Housekeeping.requireNamed(url.location());
    } catch (IllegalArgumentException e) {
      throw new UsageException(url + ": " + Failures.reason(e));
    }
  }

  /** Of addresses on one server the one that says most about the login. */
  static ServerUrl access(List<ServerUrl> urls) {
    return urls.stream()
        .filter(url -> url.user() instanceof ServerUrl.User.WithPassword)
        .findFirst()
        .orElse(urls.getFirst());
  }

  /**
   * A local pathname.
   *
   * @throws UsageException when it is none, or a URL
   */
  static Path path(String text) {
    if (ServerUrl.isUrl(text)) {
      throw new UsageException(
          "'" + Masking.argument(text) + "' is a URL where a file or folder is due");
    }
    if (text.equals("-")) {
      throw new UsageException(
          "Berth checks whole files and so writes no pipes: name a file, not -");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("'" + text + "' is no pathname: " + e.getReason());
    }
  }
}
