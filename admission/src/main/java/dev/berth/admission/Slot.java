package dev.berth.admission;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The place of one session, from accept to end. Given by {@link Admission#arrive}; used by the
 * thread of the session, which closes it when the connection is gone.
 *
 * <p>Invariant: it is counted once for each scope that it has come to, and nowhere once it is
 * closed. A call that does not fit its {@link SlotState} throws {@link IllegalStateException} and
 * changes nothing.
 */
public final class Slot implements AutoCloseable {
  private final Admission admission;
  private final long number;
  private final InetAddress caller;
  private final String listener;
  private final Instant since;
  private final AtomicReference<Activity> activity;

  private final List<Key> keys = new ArrayList<>(6); // guarded by the lock of the admission
  private SlotState state = SlotState.ARRIVING; // likewise, as all below
  private Footing footing = Footing.STANDING;
  private String account = "";
  private Network prefix;
  private String prefixName;
  private Treatment treatment;
  private @Nullable Transfer transfer;
  private volatile @Nullable Consumer<String> whenToLeave; // written under it, read by any

  Slot(
      Admission admission,
      long number,
      InetAddress caller,
      String listener,
      Rules rules,
      Instant now) {
    this.admission = admission;
    this.number = number;
    this.caller = caller;
    this.listener = listener;
    this.since = now;
    this.activity = new AtomicReference<>(new Activity.Busy(now));
    this.prefix = rules.prefixes().of(caller);
    this.prefixName = prefix.toString();
    this.treatment = rules.treatment(caller);
  }

  /** Tells it from the others of this admission; counts from 1. */
  public long number() {
    return number;
  }

  /** From where it came, as it was told at the arrival. */
  public InetAddress caller() {
    return caller;
  }

  /** The listener by which it came. */
  public String listener() {
    return listener;
  }

  /**
   * Counts the session for an account, once its password was found right. A login before this one
   * is over by this, whatever becomes of it; for the same account it stays as it is.
   *
   * @param newAccount by which sessions are counted; not empty
   */
  public Verdict<Slot> logIn(String newAccount) {
    if (newAccount.isEmpty()) {
      throw new IllegalArgumentException("an account without a name");
    }
    return admission.logIn(this, newAccount);
  }

  /** The login is over (REIN): the session stays, and is counted for no account. */
  public void logOut() {
    admission.logOut(this);
  }

  /**
   * A command has come, and is to be served.
   *
   * @return nothing if it may be; else why the session has to leave: it was chosen while it was
   *     idle
   */
  public Optional<String> busy() {
    return become(new Activity.Busy(admission.now()));
  }

  /**
   * The next command is awaited: from now on the session may be chosen to give way, where the rules
   * say so.
   *
   * @return as {@link #busy}
   */
  public Optional<String> idle() {
    return become(new Activity.Idle(admission.now()));
  }

  private Optional<String> become(Activity next) {
    Activity before = activity.getAndUpdate(now -> now instanceof Activity.Leaving ? now : next);
    return before instanceof Activity.Leaving(Instant at, String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /**
   * Says how to wake the session when it has to give way while it is idle. A session that has not
   * said so is never chosen. It is called once, by another thread, which holds no lock: it must
   * neither block nor throw.
   *
   * @param action gets the reason, in one line for the client
   */
  public void whenToLeave(Consumer<String> action) {
    admission.whenToLeave(this, action);
  }

  /**
   * Asks for a transfer, one at a time.
   *
   * @throws IllegalStateException if nobody is logged in, or a transfer is under way
   */
  public Verdict<Transfer> beginTransfer() {
    return admission.beginTransfer(this);
  }

  /**
   * Gives all places back while a failed login is being delayed, and takes one in the detention.
   *
   * @return nothing if that was done; else why not, and the session keeps its places and had better
   *     end
   */
  public Optional<Refusal> detain() {
    return admission.detain(this);
  }

  /**
   * Takes the places again that {@link #detain} gave back. Nobody waits for that.
   *
   * @return nothing if that was done; else why not, and the session stays in the detention until it
   *     is closed
   */
  public Optional<Refusal> readmit() {
    return admission.readmit(this);
  }

  /** The connection is gone: all that it held is free. May be called twice, by any thread. */
  @Override
  public void close() {
    admission.close(this);
  }

  /** What the session does; any thread may ask, and the next moment it may be otherwise. */
  Activity activity() {
    return activity.get();
  }

  /** Whether it does the same still, and could be woken: then it leaves, and serves no more. */
  boolean chooseToLeave(Activity.Idle seen, Instant now, String reason) {
    return whenToLeave != null
        && transfer == null
        && activity.compareAndSet(seen, new Activity.Leaving(now, reason));
  }

  void tellToLeave() {
    Consumer<String> action = whenToLeave;
    if (action != null && activity.get() instanceof Activity.Leaving leaving) {
      action.accept(leaving.reason());
    }
  }

  void whenToLeaveIs(Consumer<String> action) {
    whenToLeave = action;
  }

  Instant since() {
    return since;
  }

  List<Key> keys() {
    return keys;
  }

  SlotState state() {
    return state;
  }

  void state(SlotState next) {
    state = next;
  }

  Footing footing() {
    return footing;
  }

  /** Transfers and detention know no footing. */
  Footing footing(Key key) {
    return key.what() == Count.CONNECTIONS ? footing : Footing.STANDING;
  }

  void footing(Footing next) {
    footing = next;
  }

  String account() {
    return account;
  }

  void account(String next) {
    account = next;
  }

  Network prefix() {
    return prefix;
  }

  String prefixName() {
    return prefixName;
  }

  Treatment treatment() {
    return treatment;
  }

  boolean isExempt() {
    return treatment instanceof Treatment.Exempt;
  }

  void judgeBy(Rules rules) {
    prefix = rules.prefixes().of(caller);
    prefixName = prefix.toString();
    treatment = rules.treatment(caller);
  }

  @Nullable Transfer transfer() {
    return transfer;
  }

  void transfer(@Nullable Transfer next) {
    transfer = next;
  }

  @Override
  public String toString() {
    return "slot " + number;
  }
}
