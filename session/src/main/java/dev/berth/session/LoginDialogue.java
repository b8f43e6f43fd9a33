package dev.berth.session;

import dev.berth.admission.Penalty;
import dev.berth.admission.Refusal;
import dev.berth.admission.Slot;
import dev.berth.admission.Verdict;
import dev.berth.lifetime.Pause;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** USER, PASS and what comes of them (RFC 959 section 4.1.1). Confined to the session's thread. */
final class LoginDialogue {
  private final Session session;
  private final Slot slot;
  private String host = "";
  private @Nullable String user; // named by USER, not logged in yet
  // Logged in, served by one of them.
  private @Nullable Visit visit;
  private @Nullable Relay relay;
  private String account = "";
  private int failures;

  /** A client that guesses has to come again, and is then judged at the accept. */
  private static final int MOST_FAILURES = 3;

  LoginDialogue(Session session, Slot slot) {
    this.session = session;
    this.slot = slot;
  }

  boolean isLoggedIn() {
    return visit != null || relay != null;
  }

  boolean hasBegun() {
    return user != null || isLoggedIn();
  }

  Optional<Visit> visit() {
    return Optional.ofNullable(visit);
  }

  /** What serves whoever is logged in, if it is no visit. */
  Optional<Relay> relay() {
    return Optional.ofNullable(relay);
  }

  /** By which the session is counted; empty before the login. */
  String account() {
    return account;
  }

  /** What the client has named before its login; empty if nothing. */
  String host() {
    return host;
  }

  void host(String name) {
    host = name;
  }

  void user(String name) throws IOException {
    if (isLoggedIn()) {
      session.logOut();
    }
    if (session.requiresTls() && !session.isInTls()) {
      session.reply(530, "TLS is required here: send AUTH TLS first.");
      return;
    }
    user = name;
    session.reply(331, "Password please.");
  }

  void password(String text) throws IOException, InterruptedException {
    if (isLoggedIn()) {
      session.reply(202, "You are logged in already.");
      return;
    }
    String name = user;
    if (name == null) {
      session.reply(503, "USER has to come first.");
      return;
    }
    user = null;
    session.flush();
    Login outcome;
    try {
      outcome =
          session
              .service()
              .backend()
              .login(
                  new LoginRequest(
                      slot.number(),
                      name,
                      new LoginRequest.Password(text),
                      session.client(),
                      session.listener().name(),
                      session.isInTls(),
                      host));
    } catch (IOException e) {
      session.fault("login-unjudged", e);
      session.reply(451, "Logins cannot be judged just now; it is not your password.");
      return;
    }
    switch (outcome) {
      case Login.Granted(Visit granted, String counted) -> {
        if (enters(name, granted, counted)) {
          visit = granted;
          session.state().folder = granted.home();
          welcome(counted);
        }
      }
      case Login.Relayed(Relay granted, String counted) -> {
        if (enters(name, granted, counted)) {
          relay = granted;
          welcome(counted);
        }
      }
      case Login.Busy(String reason) -> turnAwayBusy(name, reason);
      case Login.Denied(String reason) -> deny(name, reason);
      case Login.NeedsTls() -> session.reply(530, "TLS is required of you: send AUTH TLS first.");
    }
  }

  /** Whether there is room; if not, what was granted is closed, and the client has been told. */
  private boolean enters(String name, Closeable granted, String counted)
      throws IOException, InterruptedException {
    Verdict<Slot> verdict = admitted(granted, counted);
    return switch (verdict) {
      case Verdict.Granted<Slot> in -> {
        session.service().guard().succeeded(session.client(), name);
        yield true;
      }
      case Verdict.Waits<Slot> late -> {
        granted.close();
        throw new IllegalStateException("a turn that ended and goes on");
      }
      case Verdict.TurnedAway<Slot>(var refusal, var heldBack, var inStorm) -> {
        granted.close();
        turnAway(refusal, counted);
        yield false;
      }
    };
  }

  private void welcome(String counted) throws IOException {
    account = counted;
    session.loggedIn();
    session.log("login", "account", counted, "tls", session.tlsText());
    session.reply(230, "Logged in as " + counted + ".");
  }

  /** Nobody has judged the password: it counts for no failure. */
  private void turnAwayBusy(String name, String reason) throws IOException {
    session.service().refused().increment();
    session.log("login-busy", "user", name, "text", reason);
    session.reply(421, reason);
    session.end("login-busy");
  }

  private Verdict<Slot> admitted(Closeable granted, String counted)
      throws IOException, InterruptedException {
    try {
      return admitted(counted);
    } catch (InterruptedException | RuntimeException e) {
      granted.close();
      throw e;
    }
  }

  private Verdict<Slot> admitted(String counted) throws InterruptedException {
    Verdict<Slot> verdict = slot.logIn(counted);
    if (verdict instanceof Verdict.Waits<Slot>(var turn, int position, var full)) {
      session.log(
          "login-waits", "account", counted, "position", "" + position, "limit", full.cause());
      try (turn;
          CommandReader.Attention attention = session.reader().attend(new Abort())) {
        attention.register(turn::close); // A client that goes gives its turn up.
        verdict = turn.await(turn.end());
      }
    }
    return verdict;
  }

  /** A guess costs time, and the session holds no place of others meanwhile. */
  private void deny(String name, String reason) throws IOException, InterruptedException {
    failures++;
    Penalty penalty = session.service().guard().failed(session.client(), name);
    session.log("login-failed", "user", name, "reason", reason, "failures", "" + failures);
    switch (penalty) {
      case Penalty.Ban(Refusal.Banned banned) -> {
        session.log("banned", "prefix", banned.prefix().toString());
        turnAway(banned, name);
      }
      case Penalty.Delay(Duration delay) -> {
        Optional<Refusal> refusal = sitOut(delay);
        if (refusal.isPresent()) {
          turnAway(refusal.get(), name);
        } else if (failures >= MOST_FAILURES) {
          session.reply(421, "Login incorrect, too often: come again later.");
          session.end("login-failures");
        } else {
          session.reply(530, "Login incorrect.");
        }
      }
    }
  }

  private Optional<Refusal> sitOut(Duration delay) throws InterruptedException {
    if (delay.isZero()) {
      return Optional.empty();
    }
    Optional<Refusal> refusal = slot.detain();
    if (refusal.isEmpty()) {
      Pause.of(delay);
      refusal = slot.readmit();
    }
    return refusal;
  }

  private void turnAway(Refusal refusal, String account) throws IOException {
    session.service().refused().increment();
    session.log("refused", "account", account, "cause", refusal.cause(), "text", refusal.text());
    session.refuse(refusal);
  }

  /**
   * As if nobody had logged in. What host was named stays: the next password must not go elsewhere.
   */
  void reset() throws IOException {
    boolean wasLoggedIn = isLoggedIn();
    user = null;
    account = "";
    if (wasLoggedIn) {
      slot.logOut();
    }
    close();
  }

  /** Whoever was logged in is served no more. */
  void close() throws IOException {
    Closeable left = visit != null ? visit : relay;
    visit = null;
    relay = null;
    if (left != null) {
      left.close();
    }
  }
}
