package dev.berth.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was learned of one server's ways, to be kept from one run to the next. Its text is {@code
 * key=value} lines, for people to read:
 *
 * <pre>{@code
 * server=PURE_FTPD 3f2a9c01
 * epsv-refused=2026-11-22T12:00:00Z yes
 * listing-zone=2026-11-22T12:00:00Z +02:00
 * }</pre>
 *
 * @param server which software with which features it was found of; empty before the first login
 * @param findings at most one of each trait
 */
public record RememberedTraits(String server, List<Finding> findings) {
  private static final String SERVER = "server";
  private static final int LONGEST_SERVER = 200;

  public RememberedTraits {
    if (server.length() > LONGEST_SERVER || server.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(SERVER + ": not the mark of a server");
    }
    Map<Trait, Finding> single = new EnumMap<>(Trait.class);
    for (Finding finding : findings) {
      if (single.put(finding.trait(), finding) != null) {
        throw new IllegalArgumentException(finding.trait().key() + " stands there twice");
      }
    }
    findings = List.copyOf(single.values());
  }

  /** Nothing yet. */
  public static RememberedTraits none() {
    return new RememberedTraits("", List.of());
  }

  /**
   * For who finds all out anew: nothing but that TLS has worked. A password is in no more danger
   * while one looks than at other times.
   */
  public RememberedTraits onlyTls() {
    return new RememberedTraits(
        "", findings.stream().filter(it -> it.trait() == Trait.TLS_WORKED).toList());
  }

  /** The text: a line for the server and one for each finding. The same always gives the same. */
  public String text() {
    StringBuilder text = new StringBuilder().append(SERVER).append('=').append(server).append('\n');
    for (Finding it : findings) {
      text.append(it.trait().key()).append('=').append(it.at()).append(' ');
      text.append(it.value()).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote, also among other lines. Keys of a later version are left out.
   *
   * @throws IllegalArgumentException naming what is wrong, whatever the text is
   */
  public static RememberedTraits of(String text) {
    String server = null;
    List<Finding> findings = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      String key = equals < 0 ? "" : line.substring(0, equals);
      String value = line.substring(equals + 1);
      if (key.equals(SERVER)) {
        server = value;
      }
      for (Trait trait : Trait.values()) {
        if (trait.key().equals(key)) {
          findings.add(finding(trait, value));
        }
      }
    }
    if (server == null) {
      throw new IllegalArgumentException(SERVER + " is missing");
    }
    return new RememberedTraits(server, findings);
  }

  private static Finding finding(Trait trait, String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException(trait.key() + ": a time and a value belong here: " + text);
    }
    try {
      Instant at = Instant.parse(text.substring(0, space));
      return new Finding(trait, text.substring(space + 1), at);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(trait.key() + ": " + e.getMessage(), e);
    }
  }
}
