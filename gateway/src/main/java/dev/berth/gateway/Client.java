package dev.berth.gateway;

import dev.berth.limits.Share;
import dev.berth.session.LoginRequest;
import dev.berth.session.RelayedCommand;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * One client as operators see it: what it does just now. Told by the session's thread, from its
 * login to {@link #close}; any thread may look.
 */
final class Client implements AutoCloseable {
  /** A pathname may be as long as a line. */
  private static final int MOST_SHOWN = 200;

  private final Clients clients;
  private final LoginRequest request;
  private final String user;
  private final Upstream upstream;
  private final Share share;
  private final Instant since;
  private final LongAdder bytesUp = new LongAdder();
  private final LongAdder bytesDown = new LongAdder();
  private volatile Step step;
  private volatile boolean isHolding; // a connection is kept for it between two commands
  private String command = ""; // confined to the session's thread

  /** What it does, with what is needed to look the rest up. */
  sealed interface Step {
    Instant since();

    /** Its password is being judged. */
    record LoggingIn(Instant since) implements Step {}

    /** It has not asked for anything. */
    record Idle(Instant since) implements Step {}

    /** It is being answered. */
    record Answered(Instant since, String command) implements Step {}

    /**
     * It has asked for a connection.
     *
     * @param ticket the number of its turn
     * @param askedNanos by {@link System#nanoTime}
     */
    record Asking(Instant since, String command, long ticket, long askedNanos) implements Step {}

    /** It has one. */
    record Leased(Instant since, String command) implements Step {}
  }

  Client(Clients clients, LoginRequest request, String user, Upstream upstream) {
    this.clients = clients;
    this.request = request;
    this.user = user;
    this.upstream = upstream;
    this.share = upstream.share(user, request.address());
    this.since = clients.now();
    this.step = new Step.LoggingIn(since);
  }

  /** As the log calls it: {@code ann@acme}. */
  String name() {
    return user + "@" + upstream.name();
  }

  /** What is due to it. */
  Share share() {
    return share;
  }

  /** A command has come, or the login is over. */
  void serves(RelayedCommand next) {
    command = shown(next);
    step = new Step.Answered(clients.now(), command);
  }

  /** What SITE has behind its first word may be a secret. */
  private static String shown(RelayedCommand command) {
    String argument = command.argument();
    if (command.verb().equals("SITE")) {
      argument = argument.split(" ", 2)[0];
    }
    String whole = (command.verb() + " " + argument).strip();
    return whole.length() <= MOST_SHOWN ? whole : whole.substring(0, MOST_SHOWN) + "...";
  }

  /** Nothing is asked of it. */
  void rests() {
    step = new Step.Idle(clients.now());
  }

  /** It has asked for a connection. */
  void asks(long ticket) {
    step = new Step.Asking(clients.now(), command, ticket, System.nanoTime());
  }

  /** It has got one, or has had one already. */
  void leases() {
    if (step instanceof Step.Asking asking) {
      upstream.tally().waitedNanos.add(System.nanoTime() - asking.askedNanos());
      upstream.tally().leases.increment();
    }
    step = new Step.Leased(clients.now(), command);
  }

  /** Any thread: it has none any more, though it may not have been answered. */
  void givesBack() {
    if (step instanceof Step.Leased leased) {
      step = new Step.Answered(leased.since(), leased.command());
    }
  }

  /** Whether a connection is kept for it. */
  void holds(boolean isKept) {
    isHolding = isKept;
  }

  /** It is told to come again. */
  void isUnserved() {
    upstream.tally().unserved.increment();
  }

  /** Its command is said again. */
  void replays() {
    upstream.tally().replays.increment();
  }

  /** It has stored more. */
  void stored(long bytes) {
    bytesUp.add(bytes);
    upstream.tally().bytesUp.add(bytes);
  }

  /** It has retrieved more. */
  void retrieved(long bytes) {
    bytesDown.add(bytes);
    upstream.tally().bytesDown.add(bytes);
  }

  long session() {
    return request.session();
  }

  Step step() {
    return step;
  }

  boolean isOf(Upstream other) {
    return upstream == other;
  }

  GatewaySnapshot.ClientState state(GatewaySnapshot.Doing doing) {
    return new GatewaySnapshot.ClientState(
        request.session(),
        request.address(),
        user,
        upstream.name(),
        since,
        doing,
        bytesUp.sum(),
        bytesDown.sum());
  }

  boolean isHolding() {
    return isHolding;
  }

  @Override
  public void close() {
    clients.leave(this);
  }
}
