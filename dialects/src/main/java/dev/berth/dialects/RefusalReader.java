package dev.berth.dialects;

import static dev.berth.dialects.Concept.ACCOUNT;
import static dev.berth.dialects.Concept.ADDRESS;
import static dev.berth.dialects.Concept.ANONYMOUS;
import static dev.berth.dialects.Concept.BANNED;
import static dev.berth.dialects.Concept.COUNTED;
import static dev.berth.dialects.Concept.CREDENTIAL;
import static dev.berth.dialects.Concept.DATA;
import static dev.berth.dialects.Concept.DENIED;
import static dev.berth.dialects.Concept.EXCESS;
import static dev.berth.dialects.Concept.FAILED;
import static dev.berth.dialects.Concept.FAULT;
import static dev.berth.dialects.Concept.LOGIN;
import static dev.berth.dialects.Concept.PRESSURE;
import static dev.berth.dialects.Concept.QUOTA;
import static dev.berth.dialects.Concept.SHUTDOWN;
import static dev.berth.dialects.Concept.SILENCE;
import static dev.berth.dialects.Concept.TIMEOUT;
import static dev.berth.dialects.Concept.TLS;
import static dev.berth.dialects.Concept.TRANSFER;
import static dev.berth.dialects.Concept.UNAVAILABLE;

import dev.berth.dialects.Refusal.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads what a server said, in any language, into a {@link Refusal}. Immutable, so any thread may
 * use one; making one loads the table of words.
 *
 * <p>Words become concepts ({@code Words}); the first rule that fits concepts, reply code and phase
 * decides. The rules lean to one side: a wrong password read as a limit would be sent again and
 * lock the account, so nothing is a limit that speaks of passwords or attempts, and a 530 to PASS
 * is a limit only by its own words.
 */
public final class RefusalReader {
  /** If this is seen, it means that; empty means that nothing is refused. */
  private record Rule(Predicate<Evidence> when, Function<Evidence, Optional<Refusal>> then) {}

  private static final List<Rule> RULES =
      List.of(
          rule(Evidence::isSilence, e -> new Refusal.Silent("(closed without a reply)")),
          // RFC 959 section 4.2.1: 1yz, 2yz and 3yz refuse nothing, whatever a banner tells.
          none(e -> e.codeBegins(1) || e.codeBegins(2) || e.codeBegins(3) || e.codeBegins(6)),
          rule(
              e -> e.isQuoted() && e.says(SILENCE) && !e.says(EXCESS),
              e -> new Refusal.Silent(e.words())),
          rule(e -> e.says(DATA), e -> new Refusal.DataLimit(e.words())),
          // 534 RFC 2228: policy; 522: pyftpdlib and vsftpd on data connections; 431: MINA.
          rule(e -> e.code(522, 534), e -> new Refusal.TlsRequired(e.words())),
          rule(
              e -> e.code(431) && !e.saysAny(BANNED, EXCESS),
              e -> new Refusal.TlsRequired(e.words())),
          rule(e -> e.says(TLS) && !e.says(TIMEOUT), e -> new Refusal.TlsRequired(e.words())),
          rule(e -> e.code(452, 552), e -> new Refusal.Quota(e.words())),
          rule(
              e -> e.says(QUOTA) && !e.in(Phase.GREETING, Phase.USER, Phase.PASS),
              e -> new Refusal.Quota(e.words())),
          rule(e -> e.code(550) && e.says(PRESSURE), e -> new Refusal.Overload(e.words())),
          rule(e -> isTimeout(e) && !e.says(CREDENTIAL), RefusalReader::idle),
          rule(e -> isLimit(e), RefusalReader::limit),
          rule(e -> e.says(BANNED), e -> new Refusal.Denied(e.words())),
          rule(e -> e.says(EXCESS, TRANSFER), RefusalReader::transfers),
          rule(e -> e.says(SHUTDOWN), e -> new Refusal.ShuttingDown(e.words())),
          rule(
              e -> e.says(PRESSURE) && (e.codeBegins(4) || !e.in(Phase.SESSION)),
              e -> new Refusal.Overload(e.words())),
          rule(
              e ->
                  e.says(ANONYMOUS)
                      && e.in(Phase.USER, Phase.PASS)
                      && !e.codeBegins(4)
                      && !e.says(CREDENTIAL),
              e -> new Refusal.Denied(e.words())),
          rule(RefusalReader::isLoginFailure, e -> new Refusal.LoginFailure(e.words())),
          rule(e -> e.says(DENIED) && isAboutService(e), e -> new Refusal.Denied(e.words())),
          rule(e -> e.says(FAULT), e -> new Refusal.Unavailable(e.words())),
          rule(RefusalReader::isBareLoginFailure, e -> new Refusal.LoginFailure(e.words())),
          rule(RefusalReader::looksLikeLimit, RefusalReader::limit),
          rule(e -> e.in(Phase.SESSION) && e.code(421) && e.numbers() == 1, RefusalReader::idle),
          rule(
              e -> e.saysAny(UNAVAILABLE, FAILED) && isAboutService(e),
              e -> new Refusal.Unavailable(e.words())),
          rule(e -> e.code(425, 426, 451), e -> new Refusal.Unavailable(e.words())),
          none(e -> e.in(Phase.SESSION) && !e.isQuoted() && !e.closed() && !e.code(421)),
          none(e -> !e.in(Phase.GREETING) && e.code(500, 501, 502, 503, 504, 550)));

  private final Words table;

  /** Loads the table of words from this module. */
  public RefusalReader() {
    this(Words.load());
  }

  RefusalReader(Words table) {
    this.table = table;
  }

  /**
   * Reads one observation.
   *
   * @return the refusal; empty if nothing about connections, logins or the service is refused, as
   *     by {@code 226} or by {@code 550 No such file}
   */
  public Optional<Refusal> read(Observation observation) {
    Evidence evidence = Evidence.of(observation, table);
    return RULES.stream()
        .filter(rule -> rule.when().test(evidence))
        .findFirst()
        .map(rule -> rule.then().apply(evidence))
        .orElseGet(() -> Optional.of(new Refusal.Unclear(evidence.words())));
  }

  private static boolean isTimeout(Evidence e) {
    return e.says(TIMEOUT) && (e.code(421) || e.isQuoted());
  }

  /** Many, and of connections; and nothing about passwords or attempts. */
  private static boolean isLimit(Evidence e) {
    return e.says(EXCESS, COUNTED) && !e.says(CREDENTIAL);
  }

  private static boolean isLoginFailure(Evidence e) {
    boolean atLogin = e.code(530, 430) || e.in(Phase.PASS) || e.isQuoted();
    return (e.says(CREDENTIAL) && !(e.in(Phase.SESSION) && e.code(500, 501, 550)))
        || (e.says(FAILED, LOGIN) && atLogin)
        || (e.says(FAILED, EXCESS) && e.in(Phase.PASS))
        || (e.code(530) && e.in(Phase.SESSION));
  }

  /** 530 is "not logged in" (RFC 959); without words, nobody can know. */
  private static boolean isBareLoginFailure(Evidence e) {
    return e.in(Phase.PASS) && e.code(530, 430) && !e.isWordless() && e.numbers() == 0;
  }

  /**
   * In a language not known, a number in a 421 is a ceiling (Pure-FTPd's catalogues): instead of
   * the greeting of the address or the server, after PASS of the account.
   */
  private static boolean looksLikeLimit(Evidence e) {
    boolean pass = e.in(Phase.PASS) && e.saysAny(EXCESS, COUNTED);
    return e.code(421) && e.numbers() == 1 && !e.says(CREDENTIAL) && (pass || e.in(Phase.GREETING));
  }

  /** Denials and failures in a session are mostly about one file. */
  private static boolean isAboutService(Evidence e) {
    return !e.in(Phase.SESSION) || e.code(421, 425, 426, 431, 451, 530);
  }

  private static Refusal limit(Evidence e) {
    Scope scope = Scope.SERVER;
    boolean numbered = e.in(Phase.PASS) && e.code(421) && e.numbers() == 1;
    if (e.says(ACCOUNT) || (numbered && !e.says(ADDRESS))) {
      scope = Scope.ACCOUNT;
    } else if (e.says(ADDRESS)) {
      scope = Scope.ADDRESS;
    }
    return new Refusal.Limit(scope, e.ceiling(), e.words());
  }

  private static Refusal transfers(Evidence e) {
    return e.saysAny(ACCOUNT, ADDRESS) ? limit(e) : new Refusal.Overload(e.words());
  }

  private static Refusal idle(Evidence e) {
    return new Refusal.IdleTimeout(e.time(), e.words());
  }

  private static Rule rule(Predicate<Evidence> when, Function<? super Evidence, Refusal> then) {
    return new Rule(when, e -> Optional.of(then.apply(e)));
  }

  private static Rule none(Predicate<Evidence> when) {
    return new Rule(when, e -> Optional.empty());
  }
}
