package dev.berth.interop;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes equal what differs from one run to the next: times, ports, how fast it went. */
final class Mask {
  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  private static final String MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

  private static final List<Rule> RULES =
      List.of(
          // Pure-FTPd says it at times.
          new Rule("150-(.*)\n150 The computer is your friend\\. Trust the computer", "150 $1"),
          // What is half a year old shows its year.
          new Rule(MONTHS + " +\\d{1,2} +\\d\\d:\\d\\d", "NOW"),
          // The tree of a duet is of 2020.
          new Rule("\\b20(?!20)\\d\\d\\d{10}(?:\\.\\d+)?", "NOW"),
          new Rule("unique=[^;]*;", "unique=U;"), // Of the inode.
          new Rule("\\|\\|\\|\\d+\\|", "|||PORT|"),
          new Rule("\\(\\d+(?:,\\d+){5}\\)", "(PORT)"),
          new Rule("[\\d.]+ seconds \\(measured here\\).*", "FAST"),
          new Rule("Connecting to port \\d+", "Accepted data connection"),
          new Rule("\\.pureftpd-upload\\.[0-9a-f.]+", "UPLOAD"),
          // RFC 959 section 4.2: a line within a reply may begin with the code, or not.
          new Rule("(?m)^\\d\\d\\d-(?=.*\\n)", ""),
          // Nobody knows how much of it has arrived.
          new Rule("(?m)^.*(" + Stage.CUT + "\\d+|\\.berth-up-)[^/\\n]*$", "$1"));

  private Mask() {}

  /** Of a reply. */
  static String text(String said) {
    String masked = said;
    for (Rule rule : RULES) {
      masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
    }
    return masked;
  }

  /** Of a listing, whose order is nobody's business. */
  static String listing(String listing) {
    return text(listing.replace("\r\n", "\n")).lines().sorted().collect(Collectors.joining("\n"));
  }

  /** Of the lines of MLSD the kind and the name. */
  static String namesOfFacts(String masked) {
    return Arrays.stream(masked.split("\n", -1))
        .map(line -> line.replaceFirst("^[^ ]* ", ""))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
