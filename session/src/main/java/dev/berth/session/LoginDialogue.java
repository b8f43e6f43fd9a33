package dev.berth.session;

import dev.berth.admission.Penalty;
import dev.berth.admission.Refusal;
import dev.berth.admission.Slot;
import dev.berth.admission.Verdict;
import dev.berth.lifetime.Pause;
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
  private @Nullable Visit visit; // logged in
  private String account = "";
  private int failures;

  /** A client that guesses has to come again, and is then judged at the accept. */
  private static final int MOST_FAILURES = 3;

  LoginDialogue(Session session, Slot slot) {
    this.session = session;
    this.slot = slot;
  }

  boolean isLoggedIn() {
    return visit != null;
  }

  boolean hasBegun() {
    return user != null || visit != null;
  }

  Optional<Visit> visit() {
    return Optional.ofNullable(visit);
  }

  /** By which the session is counted; empty before the login. */
  String account() {
    return account;
  }

  void host(String name) {
    host = name;
  }

  void user(String name) throws IOException {
    if (visit != null) {
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
    if (visit != null) {
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
      case Login.Granted(Visit granted, String counted) -> enter(name, granted, counted);
      case Login.Denied(String reason) -> deny(name, reason);
      case Login.NeedsTls() -> session.reply(530, "TLS is required of you: send AUTH TLS first.");
    }
  }

  private void enter(String name, Visit granted, String counted)
      throws IOException, InterruptedException {
    Verdict<Slot> verdict = admitted(granted, counted);
    switch (verdict) {
      case Verdict.Granted<Slot> in -> {
        visit = granted;
        account = counted;
        session.service().guard().succeeded(session.client(), name);
        session.state().folder = granted.home();
        session.loggedIn();
        session.log("login", "account", counted, "tls", session.tlsText());
        session.reply(230, "Logged in as " + counted + ".");
      }
      case Verdict.Waits<Slot> late -> {
        granted.close();
        throw new IllegalStateException("a turn that ended and goes on");
      }
      case Verdict.TurnedAway<Slot>(var refusal, var heldBack, var inStorm) -> {
        granted.close();
        turnAway(refusal, counted);
      }
    }
  }

  private Verdict<Slot> admitted(Visit granted, String counted)
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

  /** As if nobody had logged in. */
  void reset() throws IOException {
    Visit left = visit;
    visit = null;
    user = null;
    account = "";
    host = "";
    if (left != null) {
      slot.logOut();
      left.close();
    }
  }

  /** The session ends. */
  void close() throws IOException {
    Visit left = visit;
    visit = null;
    if (left != null) {
      left.close();
    }
  }
}
