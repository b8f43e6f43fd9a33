package dev.berth.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of STYLE.md that a look at one source file can hold. */
final class SourceRules {
  /**
   * Folders that hold what runs on JDK 21 as a library: there {@code synchronized} pins carriers.
   */
  private static final Set<String> LIBRARIES =
      Set.of(
          "lifetime",
          "wire",
          "dialects",
          "transport",
          "limits",
          "client",
          "pool",
          "transfer",
          "admission",
          "session",
          "server",
          "simulator");

  private static final Pattern BANNED_PACKAGE =
      Pattern.compile("/(util|utils|common|core|base|impl|internal|helper|helpers|manager)/");
  private static final Pattern BANNED_TYPE =
      Pattern.compile("(Util|Utils|Helper|Manager|Impl)\\.java$");
  private static final Pattern LITERAL_OR_COMMENT =
      Pattern.compile(
          "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'|//[^\\n]*|/\\*.*?\\*/",
          Pattern.DOTALL);

  private record Ban(Pattern words, String why) {
    static Ban of(String regex, String why) {
      return new Ban(Pattern.compile(regex), why);
    }
  }

  private static final List<Ban> IN_LIBRARIES =
      List.of(
          Ban.of("\\bsynchronized\\b", "pins the carrier on JDK 21; use ReentrantLock"),
          Ban.of("\\bThreadLocal\\b", "state hidden in threads"),
          Ban.of("\\bThread\\.sleep\\b", "polling; wait for the event with a deadline"),
          Ban.of("\\bExecutors\\b", "threads live in a Scope"),
          Ban.of("\\bSystem\\.(out|err)\\b", "libraries do not print"),
          Ban.of("\\bSystem\\.(getProperty|setProperty)\\b", "no settings by system property"),
          Ban.of("\\bServiceLoader\\b", "objects are wired by constructors"));

  private static final List<Ban> EVERYWHERE =
      List.of(
          Ban.of("catch \\([^)]*\\) \\{\\s*\\}", "an empty catch"),
          Ban.of("@author\\b", "no author tags"));

  private static final List<Ban> IN_TESTS =
      List.of(
          Ban.of("\\b(Thread|TimeUnit\\.\\w+)\\.sleep\\b", "wait for the event with a deadline"),
          Ban.of("@Disabled\\b", "a test that does not run"),
          Ban.of("\\bassertTrue\\(true\\)", "a test that cannot fail"));

  private SourceRules() {}

  /** What breaks a rule in this file, a line each: where, what, why. */
  static List<String> faults(Path name, String text) {
    List<String> faults = new ArrayList<>();
    String path = name.toString().replace('\\', '/');
    if (BANNED_PACKAGE.matcher(path).find() || BANNED_TYPE.matcher(path).find()) {
      faults.add(path + ": a banned name");
    }
    String code =
        LITERAL_OR_COMMENT
            .matcher(text)
            .replaceAll(match -> "\n".repeat((int) match.group().lines().count() - 1));
    report(faults, path, code, EVERYWHERE);
    if (path.contains("/src/test/")) {
      report(faults, path, code, IN_TESTS);
    } else if (LIBRARIES.contains(path.substring(0, path.indexOf('/')))) {
      report(faults, path, code, IN_LIBRARIES);
    }
    return faults;
  }

  private static void report(List<String> faults, String path, String code, List<Ban> bans) {
    for (Ban ban : bans) {
      var match = ban.words().matcher(code);
      while (match.find()) {
        long line = code.substring(0, match.start()).chars().filter(c -> c == '\n').count() + 1;
        faults.add(path + ":" + line + ": " + match.group().strip() + ": " + ban.why());
      }
    }
  }
}
