package dev.berth.dialects;

import static dev.berth.dialects.Concept.ACCOUNT;
import static dev.berth.dialects.Concept.ADDRESS;
import static dev.berth.dialects.Concept.AGAIN;
import static dev.berth.dialects.Concept.ANONYMOUS;
import static dev.berth.dialects.Concept.BANNED;
import static dev.berth.dialects.Concept.BUSY;
import static dev.berth.dialects.Concept.COMMANDS;
import static dev.berth.dialects.Concept.COUNTED;
import static dev.berth.dialects.Concept.CREDENTIAL;
import static dev.berth.dialects.Concept.DATA;
import static dev.berth.dialects.Concept.DENIED;
import static dev.berth.dialects.Concept.EVERYONE;
import static dev.berth.dialects.Concept.EXCESS;
import static dev.berth.dialects.Concept.FAILED;
import static dev.berth.dialects.Concept.FAULT;
import static dev.berth.dialects.Concept.FILE;
import static dev.berth.dialects.Concept.FILES;
import static dev.berth.dialects.Concept.HOME;
import static dev.berth.dialects.Concept.LOGIN;
import static dev.berth.dialects.Concept.LOGINS;
import static dev.berth.dialects.Concept.PRESSURE;
import static dev.berth.dialects.Concept.QUOTA;
import static dev.berth.dialects.Concept.RATE;
import static dev.berth.dialects.Concept.SHUTDOWN;
import static dev.berth.dialects.Concept.SILENCE;
import static dev.berth.dialects.Concept.SWITCH;
import static dev.berth.dialects.Concept.TIMEOUT;
import static dev.berth.dialects.Concept.TLS;
import static dev.berth.dialects.Concept.TRANSFER;
import static dev.berth.dialects.Concept.UNAVAILABLE;
import static dev.berth.dialects.Phase.GREETING;
import static dev.berth.dialects.Phase.PASS;
import static dev.berth.dialects.Phase.SESSION;
import static dev.berth.dialects.Phase.USER;

import dev.berth.dialects.Refusal.DataLimit;
import dev.berth.dialects.Refusal.Denied;
import dev.berth.dialects.Refusal.IdleTimeout;
import dev.berth.dialects.Refusal.Limit;
import dev.berth.dialects.Refusal.LoginFailure;
import dev.berth.dialects.Refusal.Overload;
import dev.berth.dialects.Refusal.Quota;
import dev.berth.dialects.Refusal.Scope;
import dev.berth.dialects.Refusal.ShuttingDown;
import dev.berth.dialects.Refusal.Silent;
import dev.berth.dialects.Refusal.TlsRequired;
import dev.berth.dialects.Refusal.Unavailable;
import dev.berth.dialects.Refusal.Unclear;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What evidence means what, in order: the first rule that fits decides. */
final class Rules {
  /** If this is seen, it means that; empty means that nothing is refused. */
  private record Rule(Predicate<Evidence> when, Function<Evidence, Optional<Refusal>> then) {}

  private static final List<Rule> ALL =
      List.of(
          when(Evidence::isSilence, words -> new Silent("(closed without a reply)")),
          // RFC 959 section 4.2.1: 1yz, 2yz and 3yz refuse nothing, whatever a banner tells.
          nothing(e -> e.codeBegins(1) || e.codeBegins(2) || e.codeBegins(3) || e.codeBegins(6)),
          nothing(Rules::isAboutOneCommand),
          when(e -> e.isQuoted() && e.says(SILENCE) && !e.says(EXCESS), Silent::new),
          when(e -> e.isQuoted() && e.says(FAULT), Unavailable::new),
          when(e -> e.says(DATA), DataLimit::new),
          when(Rules::isTlsRequired, TlsRequired::new),
          when(Rules::isQuota, Quota::new),
          // Pure-FTPd at high load: 550, with many words about users and connections.
          when(e -> e.code(550) && e.says(PRESSURE), Overload::new),
          when(e -> e.says(RATE) && !e.says(CREDENTIAL) && !isAboutPassword(e), Overload::new),
          as(e -> isTimeout(e) && !e.saysAny(CREDENTIAL, PRESSURE), Rules::idle),
          as(e -> e.says(EXCESS, COUNTED) && mayBeLimit(e), Rules::limit),
          // Whoever says that the server is busy counts clients (FileZilla Server, stupid-ftpd).
          as(e -> e.says(BUSY) && e.in(GREETING, USER) && mayBeLimit(e), Rules::limit),
          as(e -> e.says(EXCESS, TRANSFER) && !isAboutPassword(e), Rules::limitOfTransfers),
          when(Rules::isBanned, Denied::new),
          when(e -> e.says(SHUTDOWN) && !isAboutUser(e), ShuttingDown::new),
          as(Rules::isOutOfTime, Rules::idle),
          when(e -> e.in(SESSION) && e.code(421) && e.says(COMMANDS), Unavailable::new),
          when(Rules::isOverload, Overload::new),
          when(e -> e.in(PASS) && e.says(HOME) && !isAboutUser(e), Unavailable::new),
          when(Rules::isFaultOfServer, Unavailable::new),
          when(Rules::isAnonymousDenied, Denied::new),
          when(Rules::isLoginFailure, LoginFailure::new),
          when(e -> e.says(FAULT) && !e.in(PASS), Unavailable::new),
          when(e -> e.says(DENIED) && (isAboutService(e) || e.says(ADDRESS)), Denied::new),
          when(Rules::isBareLoginFailure, LoginFailure::new),
          as(Rules::looksLikeLimit, Rules::limit),
          as(e -> e.in(SESSION) && e.code(421) && e.numbers() == 1, Rules::idle),
          // No data connection: mostly no port left. With an address named: that one is at fault.
          when(e -> e.code(425) && !e.says(ADDRESS), Overload::new),
          when(e -> e.saysAny(UNAVAILABLE, FAILED) && isAboutService(e), Unavailable::new),
          when(e -> e.code(425, 426, 451), Unavailable::new),
          // RFC 959: 421 is "service not available". After PASS it may be about the password.
          when(e -> e.code(421) && !e.isWordless() && !e.in(PASS), Unavailable::new),
          nothing(e -> e.in(SESSION) && !e.isQuoted() && !e.closed() && !e.code(421)),
          nothing(e -> !e.in(GREETING) && isSyntax(e)));

  private Rules() {}

  /** Returns what the first rule that fits says; {@link Unclear} if none does. */
  static Optional<Refusal> apply(Evidence evidence) {
    for (Rule rule : ALL) {
      if (rule.when().test(evidence)) {
        return rule.then().apply(evidence);
      }
    }
    return Optional.of(new Unclear(evidence.words()));
  }

  /** About a file, or a command that the server does not know. */
  private static boolean isAboutOneCommand(Evidence e) {
    boolean file = e.says(FILE) && e.isAboutFiles();
    boolean loggedIn =
        e.says(SWITCH) || e.says(DENIED, COMMANDS) || (e.saysAny(FILE, FILES) && !e.says(LOGIN));
    boolean command =
        e.in(SESSION) && isSyntax(e) && !e.saysAny(FAULT, BANNED) && !isTimeoutAsSyntax(e);
    return file || command || e.code(502, 504) || (e.in(SESSION) && e.code(530) && loggedIn);
  }

  private static boolean isSyntax(Evidence e) {
    return e.code(500, 501, 502, 503, 504);
  }

  /** By code (RFC 2228, RFC 4217; Apache MINA says 431), or by words. 522 is RFC 2428's, too. */
  private static boolean isTlsRequired(Evidence e) {
    return e.code(533, 534, 535, 536)
        || (e.code(431) && !e.saysAny(BANNED, EXCESS))
        || (e.says(TLS) && !e.saysAny(TIMEOUT, CREDENTIAL));
  }

  private static boolean isQuota(Evidence e) {
    return (e.code(452, 552) && !e.says(FAULT)) || (e.says(QUOTA) && !e.in(GREETING, USER, PASS));
  }

  private static boolean isTimeout(Evidence e) {
    return e.says(TIMEOUT) && (e.code(421) || e.isQuoted() || isTimeoutAsSyntax(e));
  }

  private static boolean isBanned(Evidence e) {
    boolean aboutCommand = e.in(SESSION) && e.says(COMMANDS);
    return e.says(BANNED) && !e.says(EXCESS, CREDENTIAL) && !aboutCommand;
  }

  private static boolean isOverload(Evidence e) {
    return e.says(PRESSURE) && (e.codeBegins(4) || !e.in(SESSION)) && !isAboutPassword(e);
  }

  /** While logging in, words about a password outweigh a server that goes down or is short. */
  private static boolean isAboutPassword(Evidence e) {
    return e.in(USER, PASS) && mayBeWrongPassword(e);
  }

  /** Perhaps it is the user who is not in the database, or whose account needs an upgrade. */
  private static boolean isAboutUser(Evidence e) {
    return e.in(USER, PASS) && (mayBeWrongPassword(e) || e.saysAny(LOGIN, ACCOUNT, COUNTED));
  }

  /** Not of what is said to PASS: "LDAP error 49" is a wrong password, too. */
  private static boolean isFaultOfServer(Evidence e) {
    return e.says(FAULT) && !e.in(PASS) && !mayBeWrongPassword(e);
  }

  /** A 421 with a time that is no pause before the next try: the server waited that long. */
  private static boolean isOutOfTime(Evidence e) {
    return e.code(421) && e.in(SESSION) && e.statesTime() && !e.saysAny(EXCESS, CREDENTIAL, AGAIN);
  }

  /** A 530 in a session means that there was no login, and a 50z is about one command. */
  private static boolean mayBeLimit(Evidence e) {
    boolean aboutCommand = e.in(SESSION) && (e.code(530) || isSyntax(e));
    return !aboutCommand && !mayBeWrongPassword(e);
  }

  /** Some servers end an idle session with a 500 or 503 (Portable Pascal FTP Server). */
  private static boolean isTimeoutAsSyntax(Evidence e) {
    boolean ofSession = e.statesTime() || e.says(COUNTED);
    return e.in(SESSION) && e.code(500, 503) && e.says(TIMEOUT) && ofSession && !e.says(EXCESS);
  }

  /** Law: a wrong password is never read as a limit. So in doubt this is true. */
  private static boolean mayBeWrongPassword(Evidence e) {
    return e.says(CREDENTIAL) || (e.says(FAILED) && (e.in(PASS) || e.says(LOGIN)));
  }

  private static boolean isAnonymousDenied(Evidence e) {
    return e.says(ANONYMOUS) && e.in(USER, PASS) && e.codeBegins(5) && !e.says(CREDENTIAL);
  }

  private static boolean isLoginFailure(Evidence e) {
    boolean atLogin = e.code(430, 530) || e.in(PASS) || e.isQuoted();
    boolean mayConcernLogin = !isSyntax(e) && (!e.in(SESSION) || e.code(421, 430, 530));
    return (e.says(CREDENTIAL) && mayConcernLogin)
        || (e.says(FAILED, LOGIN) && atLogin)
        || (e.says(FAILED, EXCESS) && e.in(PASS))
        || isDoubtfulAtPassword(e)
        || (e.code(430, 530) && e.in(USER, PASS) && e.says(FILE) && !e.says(DENIED))
        || (e.code(532) && e.in(SESSION) && e.says(LOGIN))
        || (e.code(530) && e.in(SESSION));
  }

  /** A 421 to PASS that something failed, or that the user cannot or does not: perhaps for ever. */
  private static boolean isDoubtfulAtPassword(Evidence e) {
    boolean cannot = e.saysAny(UNAVAILABLE, FILE) && e.saysAny(LOGIN, COUNTED);
    return e.in(PASS) && e.code(421) && (e.says(FAILED) || cannot);
  }

  /** 530 is "not logged in" (RFC 959); without words, or with a number, nobody can know. */
  private static boolean isBareLoginFailure(Evidence e) {
    boolean worded = e.in(PASS) ? !e.isWordless() : e.in(USER) && e.isSentence();
    return worded && e.code(430, 530) && e.numbers() == 0;
  }

  /**
   * In a language not known, a number in a 421 is a ceiling (as in all catalogues of Pure-FTPd): in
   * place of the greeting, of the address or the server; after PASS, of the account.
   */
  private static boolean looksLikeLimit(Evidence e) {
    boolean counts = e.in(GREETING) || (e.in(PASS) && e.saysAny(EXCESS, COUNTED));
    return e.code(421) && counts && e.numbers() == 1 && !mayBeWrongPassword(e);
  }

  /** Denials and failures in a session are mostly about one file. */
  private static boolean isAboutService(Evidence e) {
    return !e.in(SESSION) || e.code(421, 425, 426, 431, 451, 530);
  }

  private static Refusal limit(Evidence e) {
    return new Limit(scope(e), e.ceiling(), e.words());
  }

  private static Scope scope(Evidence e) {
    boolean pureFtpdPerUser =
        e.in(PASS) && e.code(421) && e.numbers() == 1 && !e.saysAny(ADDRESS, EVERYONE);
    boolean loginsOfAccount = e.in(PASS) && e.says(LOGINS);
    if (e.says(ACCOUNT) || pureFtpdPerUser || loginsOfAccount) {
      // In place of a greeting nobody has said who he is: "you" are your address.
      return e.in(GREETING) ? Scope.ADDRESS : Scope.ACCOUNT;
    }
    return e.says(ADDRESS) ? Scope.ADDRESS : Scope.SERVER;
  }

  private static Refusal limitOfTransfers(Evidence e) {
    return e.saysAny(ACCOUNT, ADDRESS) ? limit(e) : new Overload(e.words());
  }

  private static Refusal idle(Evidence e) {
    return new IdleTimeout(e.time(), e.words());
  }

  private static Rule when(Predicate<Evidence> when, Function<String, Refusal> refusal) {
    return as(when, e -> refusal.apply(e.words()));
  }

  private static Rule as(Predicate<Evidence> when, Function<Evidence, Refusal> refusal) {
    return new Rule(when, e -> Optional.of(refusal.apply(e)));
  }

  private static Rule nothing(Predicate<Evidence> when) {
    return new Rule(when, e -> Optional.empty());
  }
}
