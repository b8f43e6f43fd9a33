package dev.berth.session;

import dev.berth.admission.Refusal;
import dev.berth.admission.Slot;
import dev.berth.admission.Transfer;
import dev.berth.admission.Verdict;
import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.TlsDetails;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.CommandLine;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session, from the greeting to the end. Run by a thread of its own; another may only ask it to
 * end, with {@link #wake}, and whoever listens for it in a transfer answers STAT.
 */
final class Session {
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** Who errs more often in a row is no FTP client. */
  private static final int MOST_ERRORS = 50;

  /** So much slower is heard who keeps a processor busy for nothing. */
  private static final Duration HEARD_SLOWLY = Duration.ofMillis(50);

  private final Service service;
  private final ListenerSettings listener;
  private final AcceptedControl control;
  private final InetAddress client;
  private final Slot slot;
  private final SessionLog log;
  private final CommandReader reader;
  private final Replies replies;
  private final Speech speech;
  private final DataDoor door;
  private final LoginDialogue login;
  private final Clocks clocks;

  private final Greeted greeted;

  // Confined to the session's thread.
  private SessionState state = new SessionState();
  private @Nullable Transfer transferPermit;
  private final Nuisance nuisance = new Nuisance();
  private boolean isLeft; // its place is given back, or will be
  private @Nullable String ending; // why it ends: no more commands are served

  private volatile @Nullable Farewell farewell; // asked for by another thread

  Session(
      Service service,
      ListenerSettings listener,
      AcceptedControl control,
      InetAddress client,
      Slot slot,
      Greeted greeted) {
    this.greeted = greeted;
    this.service = service;
    this.listener = listener;
    this.control = control;
    this.client = client;
    this.slot = slot;
    this.log = new SessionLog(slot.number(), client);
    this.reader =
        new CommandReader(
            control,
            service.watchdog(),
            service.scope(),
            "session-" + slot.number(),
            greeted.early());
    this.replies = new Replies(control);
    this.speech = new Speech(this, replies);
    this.door = new DataDoor(control);
    this.login = new LoginDialogue(this, slot);
    this.clocks = new Clocks(this::timers);
  }

  /** Greets, serves, and ends. The connection and the slot are free when it returns. */
  void run() throws InterruptedException {
    try {
      slot.whenToLeave(reason -> wake(Farewell.givesWay(reason)));
      log("connected", "listener", listener.name());
      if (listener.tls() == ListenerSettings.TlsUse.IMPLICIT && !greeted.hasBegun()) {
        shakeHands();
      }
      close(serve());
    } catch (IOException e) {
      debug("broken", e);
      close("broken");
    } catch (RuntimeException e) {
      log.failed(e);
      close("failed");
    } finally {
      free();
    }
  }

  /** Answers why it has ended. */
  private String serve() throws IOException, InterruptedException {
    // What has begun as 220 has to end so.
    Optional<String> full =
        greeted.hasBegun() ? Optional.empty() : service.backend().turnsAway(listener.name());
    if (full.isPresent()) {
      service.refused().increment();
      reply(421, full.get());
      return "turned-away";
    }
    reply(220, service.settings().greeting());
    while (ending == null) {
      serveNext();
    }
    return ending;
  }

  private void free() {
    leavePlace();
    reader.close();
    for (AutoCloseable thing : new AutoCloseable[] {door, login::close, control}) {
      try {
        thing.close();
      } catch (Exception e) {
        debug("close-failed", e);
      }
    }
  }

  /**
   * The slot is free before the client hears that the session is over: it may come again at once.
   */
  private void close(String reason) {
    log("ended", "reason", reason);
    leavePlace();
    try {
      flush();
      if (reader.isListening()) {
        control.interruptReading(); // Two must not read at once.
      }
      control.closeGracefully(Deadline.after(GOODBYE));
    } catch (IOException e) {
      debug("goodbye-failed", e);
    }
  }

  /** At once; where ghosts are wanted, the place stays taken for a time. */
  private void leavePlace() {
    Duration time = service.settings().manner().lingering();
    if (time.isZero()) {
      slot.close();
    } else if (!isLeft) {
      service.haunt(slot, time);
    }
    isLeft = true;
  }

  private void serveNext() throws IOException, InterruptedException {
    Optional<Heard> there = reader.poll();
    Heard heard;
    if (there.isPresent()) {
      heard = there.get();
    } else {
      flush();
      heard = await();
    }
    switch (heard) {
      case Heard.Line(CommandLine line) -> {
        Dispatch.serve(this, line);
        slowDown();
      }
      case Heard.Ended ended -> ending = "client-gone";
      case Heard.TimedOut timedOut -> leave(clocks.overdue(login.isLoggedIn()));
      case Heard.Woken woken -> {
        Farewell asked = farewell;
        leave(asked == null ? Farewell.drained("the server ends") : asked);
      }
    }
  }

  /** A guess at a word, or a port, costs whoever makes it more than us. */
  private void slowDown() throws IOException, InterruptedException {
    if (ending == null && nuisance.isOne(door.unused())) {
      flush();
      reader.rest(HEARD_SLOWLY);
    }
  }

  private Heard await() throws InterruptedException {
    Optional<String> chosen = slot.idle();
    Heard heard =
        chosen.isPresent() ? new Heard.Woken() : reader.next(clocks.next(login.isLoggedIn()));
    chosen = slot.busy();
    if (chosen.isPresent()) {
      farewell = Farewell.givesWay(chosen.get()); // Whoever chose it has not come to say so, yet.
      return new Heard.Woken();
    }
    return heard;
  }

  /** No further command is served, and the client is told why. */
  void leave(Farewell why) throws IOException {
    speech.on(new Occasion.Ends(why.event()));
    end(why.event());
    reply(421, why.text());
  }

  /** Replies, with the next flush at the latest. */
  void reply(int code, String text) throws IOException {
    reply(code, List.of(text));
  }

  void reply(int code, List<String> lines) throws IOException {
    reply(new Reply(code, lines));
  }

  void reply(Reply reply) throws IOException {
    speech.say(reply);
    nuisance.answered(reply.code());
    if (replies.errors() >= MOST_ERRORS && ending == null) {
      leave(Farewell.errors(replies.errors()));
    }
  }

  /** A line of a reply that goes on, at once. */
  void replyInPart(int code, String line) throws IOException {
    replies.addPart(code, line);
    replies.flush();
  }

  /** What was replied goes out now. */
  void flush() throws IOException {
    replies.flush();
  }

  /** No further command is served. */
  void end(String reason) {
    ending = reason;
  }

  /** Any thread: asks the session to end, after a transfer that is under way. */
  void wake(Farewell why) {
    farewell = why;
    try {
      if (reader.wake()) {
        control.interruptReading();
      }
    } catch (IOException e) {
      debug("wake-failed", e);
    }
  }

  /** Any thread: asks the session to end, and ends the transfer that is under way. */
  void stop(Farewell why) {
    wake(why);
    reader.stopTransfers();
  }

  long number() {
    return slot.number();
  }

  /** Any thread: ends it at once. */
  void kill() throws IOException {
    control.reset();
  }

  void reinitialize() throws IOException {
    logOut();
    door.close();
    state = new SessionState();
  }

  /** Nobody is logged in any more; the transfer parameters stay (RFC 959 section 4.1.1, USER). */
  void logOut() throws IOException {
    login.reset();
    state.leaveFiles();
    clocks.loggedOut();
  }

  void loggedIn() {
    clocks.worked();
  }

  void startTls() throws IOException {
    reply(234, "Begin TLS now.");
    flush();
    shakeHands();
  }

  private void shakeHands() throws IOException {
    read(deadline -> control.startTls(service.tls().orElseThrow(), reader.unread(), deadline));
  }

  /** Goes back to plain text, when the client has agreed. */
  void endTls() throws IOException {
    flush();
    try {
      read(deadline -> reader.goOnWith(control.endTls(deadline)));
    } catch (ConnectionLost | TlsFailed e) {
      log("tls-not-ended", "error", String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private interface Reading {
    void run(Deadline deadline) throws IOException;
  }

  /** The session's thread reads something that is no command. */
  private void read(Reading reading) throws IOException {
    if (!reader.beginReading()) {
      control.interruptReading(); // Of a session that ends, nothing is waited for.
    }
    try {
      reading.run(Deadline.after(FrontSettings.REPLY_WITHIN));
    } finally {
      reader.endReading();
    }
  }

  void beginTransfer(CommandReader.Attention attention) throws IOException, InterruptedException {
    Verdict<Transfer> verdict = slot.beginTransfer();
    if (verdict instanceof Verdict.Waits<Transfer>(var turn, int position, var full)) {
      flush();
      try (turn) {
        attention.register(turn::close);
        verdict = turn.await(turn.end());
      }
    }
    switch (verdict) {
      case Verdict.Granted<Transfer>(Transfer permit) -> transferPermit = permit;
      case Verdict.TurnedAway<Transfer>(var refusal, var heldBack, var inStorm) -> {
        log("transfer-refused", "cause", refusal.cause(), "text", refusal.text());
        throw new Denial(Denial.Reason.BUSY, refusal.text());
      }
      case Verdict.Waits<Transfer> late ->
          throw new IllegalStateException("a turn that ended and goes on");
    }
  }

  void endTransfer() {
    Transfer permit = transferPermit;
    transferPermit = null;
    clocks.worked();
    if (permit != null) {
      permit.close();
    }
  }

  /** At the login: there is no room. */
  void refuse(Refusal refusal) throws IOException {
    speech.on(new Occasion.LoginRefused(refusal));
    reply(421, refusal.text());
    end("refused");
  }

  /** Called between two pieces of a transfer: answers what does not wait for its end. */
  void between() throws IOException, InterruptedException {
    speech.serveEarly(false);
  }

  /** Answers STAT in a transfer; on any thread, while the session's serves no command. */
  void tellStatus(String transferStatus) {
    try {
      replies.add(new Reply(211, InformationCommands.status(this, transferStatus)));
      replies.flush();
    } catch (IOException e) {
      debug("broken", e); // Whoever reads learns of it, too.
    }
  }

  /** Whether the control connection has ended, as far as is known now. */
  boolean hasClientEnded() throws InterruptedException {
    return reader.hasHeardEnd();
  }

  SessionState state() {
    return state;
  }

  Service service() {
    return service;
  }

  Timers timers() {
    return service.settings().timers();
  }

  ListenerSettings listener() {
    return listener;
  }

  AcceptedControl control() {
    return control;
  }

  /** Whether a data connection may come from an address, or go to it. */
  boolean mayConnect(InetAddress address) {
    return address.equals(control.remote().getAddress())
        || address.equals(client)
        || service.settings().data().foreign().test(address);
  }

  /** The client's address, as a trusted proxy tells it if there is one. */
  InetAddress client() {
    return client;
  }

  Speech speech() {
    return speech;
  }

  /** How it stands, for the manner. */
  Scene scene() {
    return new Scene(slot.number(), client, login.account(), state.folder, state.type.letter());
  }

  CommandReader reader() {
    return reader;
  }

  DataDoor door() {
    return door;
  }

  LoginDialogue login() {
    return login;
  }

  /** Of whoever is logged in. */
  Visit visit() {
    return login.visit().orElseThrow(() -> new IllegalStateException("nobody is logged in"));
  }

  /** Whether another server stands behind it, and no {@link Visit}. */
  boolean isRelayed() {
    return login.relay().isPresent();
  }

  /** What is about files has to be served by the relay, if at all. */
  void refuseToRelay(String command) throws IOException {
    reply(502, command + " is not passed on to the server behind this one.");
  }

  /** The pathname that the client means. */
  RemotePath path(String argument) throws Denial {
    return Pathnames.resolve(state.folder, argument);
  }

  ListingText listingText() {
    return new ListingText(Instant.now(), service.settings().zone());
  }

  boolean offersTls() {
    return service.tls().isPresent() && listener.tls() != ListenerSettings.TlsUse.OFF;
  }

  boolean requiresTls() {
    return listener.tls().isRequired();
  }

  boolean isInTls() {
    return control.tls().isPresent();
  }

  String tlsText() {
    return control.tls().map(TlsDetails::version).orElse("none");
  }

  /** One fact, see {@link SessionLog}. */
  void log(String event, String... keysAndValues) {
    log.fact(event, keysAndValues);
  }

  /** A fault on our side: an operator should look. */
  void fault(String event, Exception e) {
    log.fault(event, e);
  }

  void debug(String event, Exception e) {
    log.debug(event, e);
  }

  void logCommand(String verb) {
    log.command(verb);
  }
}
