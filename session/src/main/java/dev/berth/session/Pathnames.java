package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.StringJoiner;

/** What clients call files, as pathnames from the top. Pure. */
final class Pathnames {
  private static final int DEEPEST = 512;

  private Pathnames() {}

  /**
   * The pathname that a client means: {@code .} and {@code ..} are resolved by name, as a shell
   * does it, and nothing leads above the top.
   *
   * @param folder the working folder
   * @param argument as the client sent it, without CR, LF and NUL, which no command has; begins at
   *     the top if with a slash
   * @throws Denial if there are too many parts in it
   */
  static RemotePath resolve(RemotePath folder, String argument) throws Denial {
    Deque<String> parts = new ArrayDeque<>();
    if (!argument.startsWith("/")) {
      walk(parts, folder.value());
    }
    walk(parts, argument);
    StringJoiner path = new StringJoiner("/", "/", "");
    parts.forEach(path::add);
    return new RemotePath(path.toString());
  }

  private static void walk(Deque<String> parts, String path) throws Denial {
    int begin = 0;
    while (begin <= path.length()) {
      int slash = path.indexOf('/', begin);
      int end = slash < 0 ? path.length() : slash;
      step(parts, path.substring(begin, end));
      begin = end + 1;
    }
  }

  private static void step(Deque<String> parts, String name) throws Denial {
    switch (name) {
      case "", "." -> {}
      case ".." -> parts.pollLast();
      default -> {
        if (parts.size() == DEEPEST) {
          throw new Denial(
              Denial.Reason.NAME_NOT_ALLOWED, "More than " + DEEPEST + " folders deep.");
        }
        parts.addLast(name);
      }
    }
  }

  /** In quotes, as the replies 257 have it: a quote within is doubled (RFC 959 appendix II). */
  static String quoted(RemotePath path) {
    return '"' + path.value().replace("\"", "\"\"") + '"';
  }
}
