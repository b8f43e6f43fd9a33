package dev.berth.admission;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** The moves of an admission. Guarded by its lock: every method is called with it. */
final class Register {
  private final Admission admission;
  private final Set<Slot> present = new LinkedHashSet<>();
  private final Counts counts = new Counts();
  private final WaitLine line = new WaitLine();
  private final HeldBack heldBack = new HeldBack();
  private List<Slot> leaving = new ArrayList<>();
  private Rules rules;
  private Judge judge;
  private Refusal.@Nullable Closing closing;
  private long numbers;

  Register(Admission admission, Rules rules) {
    this.admission = admission;
    this.rules = rules;
    this.judge = new Judge(rules, counts);
  }

  Verdict<Slot> arrive(InetAddress caller, String listener, Condition called, Instant now) {
    numbers++;
    Slot slot = new Slot(admission, numbers, caller, listener, rules, now);
    Claim<Slot> claim = new Claim<>(Claim.Move.ARRIVE, slot, "", s -> s);
    return closing == null ? ask(claim, called, now) : refuse(claim, closing, now);
  }

  Verdict<Slot> logIn(Slot slot, String account, Condition called, Instant now) {
    expect(slot, SlotState.CONNECTED, SlotState.LOGGED_IN);
    Claim<Slot> claim = new Claim<>(Claim.Move.LOG_IN, slot, account, s -> s);
    if (slot.state() == SlotState.LOGGED_IN && slot.account().equals(account)) {
      return new Verdict.Granted<>(slot);
    }
    logOut(slot, now);
    Refusal gone = closing == null ? leaving(slot) : closing;
    return gone == null ? ask(claim, called, now) : refuse(claim, gone, now);
  }

  void logOut(Slot slot, Instant now) {
    expect(slot, SlotState.CONNECTED, SlotState.LOGGED_IN);
    endTurns(slot);
    if (slot.state() == SlotState.LOGGED_IN) {
      counts.remove(slot, Key::isOfLogin);
      slot.account("");
      slot.state(SlotState.CONNECTED);
      freed(slot, now);
    }
  }

  Verdict<Transfer> beginTransfer(Slot slot, Condition called, Instant now) {
    expect(slot, SlotState.LOGGED_IN, SlotState.LOGGED_IN);
    expectNoTransfer(slot);
    endTurns(slot);
    Claim<Transfer> claim =
        new Claim<>(Claim.Move.TRANSFER, slot, "", s -> new Transfer(admission, s));
    Refusal gone = leaving(slot);
    return gone == null ? ask(claim, called, now) : refuse(claim, gone, now);
  }

  void endTransfer(Transfer transfer, Instant now) {
    Slot slot = transfer.slot();
    if (slot.transfer() == transfer) {
      slot.transfer(null);
      counts.remove(slot, key -> key.what() == Count.TRANSFERS);
      freed(slot, now);
    }
  }

  Optional<Refusal> detain(Slot slot, Instant now) {
    expect(slot, SlotState.CONNECTED, SlotState.LOGGED_IN);
    expectNoTransfer(slot);
    endTurns(slot);
    Claim<Slot> claim = new Claim<>(Claim.Move.DETAIN, slot, "", s -> s);
    Refusal gone = leaving(slot);
    if (gone != null) {
      return Optional.of(gone);
    }
    if (judge.decide(claim, now) instanceof Decision.Blocked block) {
      return Optional.of(full(block, 0, now));
    }
    counts.remove(slot, key -> true);
    slot.footing(Footing.STANDING);
    slot.account("");
    slot.state(SlotState.DETAINED);
    counts.add(slot, claim.keys());
    freed(slot, now);
    return Optional.empty();
  }

  Optional<Refusal> readmit(Slot slot, Instant now) {
    expect(slot, SlotState.DETAINED, SlotState.DETAINED);
    if (closing != null) {
      return Optional.of(closing);
    }
    Claim<Slot> claim = new Claim<>(Claim.Move.ARRIVE, slot, "", s -> s);
    Decision decision = judge.decide(claim, now);
    if (decision instanceof Decision.Blocked block) {
      return Optional.of(full(block, 0, now));
    }
    counts.remove(slot, key -> true);
    grant(claim, decision, now);
    return Optional.empty();
  }

  void close(Slot slot, Instant now) {
    if (slot.state() != SlotState.CLOSED) {
      endTurns(slot);
      slot.transfer(null);
      counts.remove(slot, key -> true);
      slot.state(SlotState.CLOSED);
      present.remove(slot);
      freed(slot, now);
    }
  }

  void drain(String reason, Instant now) {
    closing = new Refusal.Closing(reason);
    for (Turn<?> turn : line.inOrder()) {
      if (turn.claim().move() != Claim.Move.TRANSFER) {
        line.remove(turn);
        turnAway(turn, closing, now);
      }
    }
  }

  void reload(Rules newRules, Instant now) {
    rules = newRules;
    judge = new Judge(newRules, counts);
    List<Turn<?>> waiting = line.inOrder();
    waiting.forEach(line::remove);
    waiting.forEach(turn -> turn.claim().slot().judgeBy(newRules));
    present.forEach(slot -> count(slot, newRules));
    present.forEach(this::promote);
    waiting.forEach(turn -> askAgain(turn, now));
  }

  /** Counts a slot anew, by other prefixes. */
  private void count(Slot slot, Rules newRules) {
    List<Claim.Move> moves = new ArrayList<>();
    moves.add(slot.state() == SlotState.DETAINED ? Claim.Move.DETAIN : Claim.Move.ARRIVE);
    if (slot.state() == SlotState.LOGGED_IN) {
      moves.add(Claim.Move.LOG_IN);
    }
    if (slot.transfer() != null) {
      moves.add(Claim.Move.TRANSFER);
    }
    counts.remove(slot, key -> true);
    slot.judgeBy(newRules);
    if (slot.isExempt() && slot.footing() == Footing.PROVISIONAL) {
      slot.footing(Footing.STANDING);
    }
    for (Claim.Move move : moves) {
      counts.add(slot, new Claim<>(move, slot, slot.account(), s -> s).keys());
    }
  }

  private <T> void askAgain(Turn<T> turn, Instant now) {
    Decision decision = judge.decide(turn.claim(), now);
    if (!(decision instanceof Decision.Blocked block)) {
      turn.end(new Verdict.Granted<>(grant(turn.claim(), decision, now)));
      return;
    }
    Optional<Refusal.Full> refusal = refusalInsteadOfTurn(turn.claim(), block, now);
    if (refusal.isPresent()) {
      turnAway(turn, refusal.get(), now);
    } else {
      turn.waitsAt(block);
      line.add(turn);
    }
  }

  private <T> Verdict<T> ask(Claim<T> claim, Condition called, Instant now) {
    Decision decision = judge.decide(claim, now);
    if (!(decision instanceof Decision.Blocked block)) {
      return new Verdict.Granted<>(grant(claim, decision, now));
    }
    Optional<Refusal.Full> refusal = refusalInsteadOfTurn(claim, block, now);
    if (refusal.isPresent() || !(block.limit().policy() instanceof Policy.Queue queue)) {
      return refuse(claim, refusal.orElseGet(() -> full(block, 0, now)), now);
    }
    Turn<T> turn = new Turn<>(admission, claim, called, now, queue.longestWait(), block);
    line.add(turn);
    return waits(turn, now);
  }

  /** Who may not wait, at a limit that lets nobody wait or where too many do. */
  private Optional<Refusal.Full> refusalInsteadOfTurn(
      Claim<?> claim, Decision.Blocked block, Instant now) {
    if (!(block.limit().policy() instanceof Policy.Queue queue)) {
      return Optional.of(full(block, 0, now));
    }
    for (Key key : claim.keys()) {
      Limit limit = judge.limit(key, claim.slot());
      if (limit != null && limit.policy() instanceof Policy.Refuse) {
        int claiming = line.claiming(key);
        if (counts.inUse(key) + claiming >= limit.most()) {
          return Optional.of(full(new Decision.Blocked(key, limit), claiming, now));
        }
      }
    }
    if (line.waitingFor(block.key()) < queue.mostWaiting()) {
      return Optional.empty();
    }
    Turn<?> last = line.lastFor(block.key());
    if (last.round() <= line.nextRound(claim.slot().prefix())) {
      return Optional.of(full(block, 0, now));
    }
    line.remove(last);
    turnAway(last, full(block, 0, now), now);
    return Optional.empty();
  }

  private <T> T grant(Claim<T> claim, Decision decision, Instant now) {
    Slot slot = claim.slot();
    if (decision instanceof Decision.FitsAfter(Slot victim)) {
      counts.move(victim, Footing.LEAVING);
      leaving.add(victim);
    }
    T given = claim.result().apply(slot);
    switch (claim.move()) {
      case ARRIVE -> {
        boolean beyond = decision instanceof Decision.FitsProvisionally;
        slot.footing(beyond ? Footing.PROVISIONAL : Footing.STANDING);
        slot.state(SlotState.CONNECTED);
        present.add(slot);
      }
      case LOG_IN -> {
        if (slot.footing() == Footing.PROVISIONAL) {
          counts.move(slot, Footing.STANDING);
        }
        slot.account(claim.account());
        slot.state(SlotState.LOGGED_IN);
      }
      case TRANSFER -> slot.transfer((Transfer) given);
      case DETAIN -> throw new IllegalStateException("the detention is entered by detain");
    }
    counts.add(slot, claim.keys());
    if (decision instanceof Decision.FitsAfter(Slot victim)) {
      freed(victim, now);
    }
    return given;
  }

  /** A slot counts for less than before. */
  private void freed(Slot slot, Instant now) {
    promote(slot);
    serve(now);
  }

  /** Who is beyond the limit of the slot's prefix is not any more, where there is room now. */
  private void promote(Slot slot) {
    Key key = Claim.prefixKey(slot);
    for (Slot newcomer : List.copyOf(counts.of(key).provisional())) {
      Limit limit = judge.limit(key, newcomer);
      if (limit == null || counts.inUse(key) < limit.most()) {
        counts.move(newcomer, Footing.STANDING);
      }
    }
  }

  private void serve(Instant now) {
    Set<Key> full = new HashSet<>();
    for (Turn<?> turn : line.isEmpty() ? List.<Turn<?>>of() : line.inOrder()) {
      // With the server full nobody gets in, whoever it is: a thousand need not be judged.
      if (turn.outcome() == null && !full.contains(turn.waitsFor())) {
        serve(turn, full, now);
      }
    }
  }

  /** Once it waits, a turn bears any limit until its end. */
  private <T> void serve(Turn<T> turn, Set<Key> full, Instant now) {
    Decision decision = judge.decide(turn.claim(), now);
    if (decision instanceof Decision.Blocked block) {
      line.moveTo(turn, block);
      if (block.key().countsTheLeaving()) {
        full.add(block.key());
      }
    } else {
      line.served(turn);
      turn.end(new Verdict.Granted<>(grant(turn.claim(), decision, now)));
    }
  }

  <T> Verdict<T> waits(Turn<T> turn, Instant now) {
    Refusal.Full full = full(turn.block(), 0, now);
    return new Verdict.Waits<>(turn, line.position(turn), full);
  }

  /** What a turn ended with, for who waited. */
  <T> Verdict<T> take(Turn<T> turn) {
    Verdict<T> outcome = turn.outcome();
    if (outcome == null) {
      throw new IllegalStateException("nothing has been decided for this turn");
    }
    turn.take();
    return outcome;
  }

  /** The end of a wait: what has become possible by time alone is found here. */
  <T> void tooLate(Turn<T> turn, Instant now) {
    line.remove(turn);
    Decision decision = judge.decide(turn.claim(), now);
    if (decision instanceof Decision.Blocked block) {
      turnAway(turn, full(block, 0, now), now);
    } else {
      turn.end(new Verdict.Granted<>(grant(turn.claim(), decision, now)));
    }
  }

  void withdraw(Turn<?> turn, Instant now) {
    if (turn.isTaken()) {
      return;
    }
    boolean wasGranted = turn.outcome() instanceof Verdict.Granted<?>;
    if (turn.outcome() == null) {
      line.remove(turn);
      turn.end(new Verdict.TurnedAway<>(new Refusal.Closing("given up"), Duration.ZERO, false));
    }
    turn.take();
    if (wasGranted) {
      passOn(turn.claim(), now);
    }
  }

  /** Undoes what nobody has taken. */
  private void passOn(Claim<?> claim, Instant now) {
    Slot slot = claim.slot();
    Transfer transfer = slot.transfer();
    switch (claim.move()) {
      case LOG_IN -> {
        if (slot.state() == SlotState.LOGGED_IN && slot.account().equals(claim.account())) {
          logOut(slot, now);
        }
      }
      case TRANSFER -> {
        if (transfer != null) {
          endTransfer(transfer, now);
        }
      }
      case ARRIVE, DETAIN -> close(slot, now);
    }
  }

  private void endTurns(Slot slot) {
    for (Turn<?> turn : line.of(slot)) {
      line.remove(turn);
      turn.end(new Verdict.TurnedAway<>(new Refusal.Closing("given up"), Duration.ZERO, false));
    }
  }

  private <T> void turnAway(Turn<T> turn, Refusal refusal, Instant now) {
    turn.end(refuse(turn.claim(), refusal, now));
  }

  private <T> Verdict<T> refuse(Claim<T> claim, Refusal refusal, Instant now) {
    boolean isPaced = claim.move() != Claim.Move.TRANSFER && !claim.slot().isExempt();
    HeldBack.Pace pace =
        isPaced ? heldBack.next(claim.slot().prefix(), rules.pacing(), now) : HeldBack.Pace.AT_ONCE;
    return new Verdict.TurnedAway<>(refusal, pace.heldBack(), pace.inStorm());
  }

  private Refusal.Full full(Decision.Blocked block, int waiting, Instant now) {
    return judge.refusal(block, counts.inUse(block.key()) + waiting, now);
  }

  /** Why a slot is not served any more, if it was told to leave. */
  private static Refusal.@Nullable Replaced leaving(Slot slot) {
    return slot.activity() instanceof Activity.Leaving(Instant since, String reason)
        ? new Refusal.Replaced(reason)
        : null;
  }

  List<Slot> takeLeaving() {
    if (leaving.isEmpty()) {
      return List.of();
    }
    List<Slot> taken = leaving;
    leaving = new ArrayList<>();
    return taken;
  }

  Attendance attendance(Instant now) {
    return new Roll(present, counts, line, judge).call(now);
  }

  private static void expect(Slot slot, SlotState one, SlotState other) {
    if (slot.state() != one && slot.state() != other) {
      throw new IllegalStateException(slot + " is " + slot.state());
    }
  }

  private static void expectNoTransfer(Slot slot) {
    if (slot.transfer() != null) {
      throw new IllegalStateException("a transfer of " + slot + " is under way");
    }
  }
}
