package dev.berth.limits;

import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Scope;
import dev.berth.limits.Occupant.Doing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Makes one budget of those that the programs of a machine have towards the same server. Made
 * before the first connection, closed after the last one, by whoever made the budget.
 *
 * <p>Without a daemon: places are locked files ({@link SlotFiles}), looked for by one program at a
 * time ({@link Turnstile}), and what was learned is one state for all ({@link SharedState}). Three
 * threads: {@code sharing} does all that has to do with files, {@code gate} waits at the turnstile,
 * {@code lookout} finds the connections of programs that are no Berths ({@link Lookout}). The
 * budget itself stays in memory and waits for files only to tell what a connection taught.
 *
 * <p>Who holds more places than a program that waits gives one back between two files: at once if
 * it would still not be poorer than that one is then, else when it has had its turn.
 */
public final class Sharing implements AutoCloseable {
  private static final Duration AT_THE_GATE = Duration.ofMillis(20);
  private static final Duration WHILE_BUSY = Duration.ofMillis(250);
  private static final Duration WHILE_IDLE = Duration.ofHours(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  /** Long enough to be worth a login, short enough for somebody who waits. */
  private static final Duration TURN = Duration.ofSeconds(10);

  /** Longer than a look at the kernel's tables may be old. */
  private static final Duration TOLD = Duration.ofSeconds(5);

  /** Who is within the gate says so each second, unless it was stopped (SIGSTOP). */
  private static final Duration STOPPED_AFTER = Duration.ofSeconds(5);

  /** For who is outside, before a slot is taken; a glance takes a millisecond or two. */
  private static final Duration GLANCE = Duration.ofMillis(250);

  /** Others learn our ports so soon; where none can be found, we ask ever more seldom. */
  private static final Duration PORTS_SOON = Duration.ofMillis(500);

  private static final Duration PORTS_SELDOM = Duration.ofSeconds(30);

  // Locks of files belong to the process: a second opening in it would drop those of the first.
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private final Budget<?> budget;
  private final ProcessName self;
  private final Consumer<String> ended;
  private final BudgetName common;
  private final Path path;
  private final FileChannel gate;
  private final Turnstile turnstile;
  private final SlotFiles slots;
  private final Knowledge knowledge;
  private final Lookout lookout;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private boolean isIdle = true; // confined to "sharing"
  private boolean isOurTurn; // confined to "sharing"
  private Instant inLineSince = Instant.MAX; // confined to "sharing"
  private Instant outsidersSince = Instant.MAX; // confined to "sharing"
  private final Map<Integer, Instant> toldPorts = new HashMap<>(); // confined to "sharing"
  private Instant turnSince = Instant.MAX; // confined to "sharing"
  private Instant portsAt = Instant.MIN; // confined to "sharing"
  private Duration portsPause = PORTS_SOON; // confined to "sharing"
  private boolean isShort; // confined to "sharing"
  private int heldBefore; // confined to "sharing"
  private int connectedBefore; // confined to "sharing"
  private final Scope sharingThread = new Scope("sharing", CLOSE_WITHIN);
  private final Scope gateThread = new Scope("gate", CLOSE_WITHIN);
  private final Scope lookoutThread = new Scope("lookout", CLOSE_WITHIN);

  private Sharing(
      Machine machine,
      Budget<?> budget,
      BudgetName common,
      ProcessName self,
      Consumer<String> ended)
      throws IOException {
    SharedFolder folder = SharedFolder.of(machine.folder(), FileNames.folder(common));
    this.budget = budget;
    this.common = common;
    this.self = self;
    this.ended = ended;
    this.path = folder.path();
    this.gate = folder.open("gate");
    this.turnstile = new Turnstile(gate, () -> budget.shared().change(Exchange::changed));
    this.slots = new SlotFiles(folder, budget.settings().settle());
    this.knowledge = new Knowledge(budget, common, folder);
    this.lookout = new Lookout(machine, budget.name());
  }

  /**
   * Begins to share a budget. Blocks while the server's name is resolved, which connecting to it
   * would do next: all names of an address share.
   *
   * @param machine where all its programs share
   * @param self how others see us
   * @param ended called once, from a thread of ours, if nothing can be shared any more: with the
   *     reason, for a warning. The budget goes on by itself then
   * @throws IOException if the files cannot be made or read: nothing is shared then
   * @throws IllegalStateException if this program shares the same budget already
   */
  public static Sharing start(
      Machine machine, Budget<?> budget, ProcessName self, Consumer<String> ended)
      throws IOException {
    BudgetName common = machine.common(budget.name());
    Path folder = machine.folder().resolve(FileNames.folder(common));
    if (!IN_USE.add(folder)) {
      throw new IllegalStateException("shared by this program already: " + common);
    }
    boolean started = false;
    try {
      Sharing sharing = new Sharing(machine, budget, common, self, ended);
      budget.shared().change(exchange -> exchange.begin(common));
      if (sharing.lookout.isPossible()) {
        sharing.lookout.want();
        sharing.lookoutThread.forkPlatform("lookout", sharing.lookout::run);
      }
      sharing.sharingThread.forkPlatform("sharing", sharing::share);
      sharing.gateThread.forkPlatform("gate", sharing::passGate);
      started = true;
      return sharing;
    } finally {
      if (!started) {
        IN_USE.remove(folder);
      }
    }
  }

  private void share() throws InterruptedException {
    try {
      knowledge.join(slots);
      Agenda agenda;
      do {
        agenda = budget.shared().agenda(Deadline.after(untilNext()));
        tell(agenda);
        describe(agenda);
        keepUp(agenda);
        look(agenda);
      } while (!agenda.isLast());
      slots.leaveAll(now());
    } catch (IOException | RuntimeException e) {
      endWith(e);
    } finally {
      turnstile.leave();
      budget.shared().end();
    }
  }

  private void passGate() throws InterruptedException {
    try {
      turnstile.run();
    } catch (IOException | RuntimeException e) {
      // An interrupt of ours closes the file too.
      if (!Thread.currentThread().isInterrupted()) {
        endWith(e);
        budget.shared().end();
      }
    }
  }

  private void endWith(Exception failure) {
    if (hasFailed.compareAndSet(false, true)) {
      ended.accept(path + ": " + failure);
    }
  }

  private Duration untilNext() {
    if (isOurTurn) {
      return AT_THE_GATE;
    }
    return isIdle ? WHILE_IDLE : WHILE_BUSY;
  }

  private void tell(Agenda agenda) throws IOException {
    if (!agenda.observations().isEmpty()) {
      knowledge.tell(agenda.observations(), elsewhere(lookout.last()));
    }
  }

  private void describe(Agenda agenda) throws IOException {
    List<Occupant> uses = new ArrayList<>();
    for (Snapshot.Holder holder : agenda.holders()) {
      uses.add(occupant(holder.ticket(), doing(holder.state()), holder.since()));
    }
    slots.describe(uses);
    budget.shared().shown(agenda);
    slots.keep(budget.shared().sparedSlots());
  }

  /** Where somebody cleaned up, there may be fewer slots than we have connections. */
  private void keepUp(Agenda agenda) throws IOException {
    int before = slots.held();
    slots.keepUp(now());
    int held = slots.held();
    if (held < before) {
      budget.shared().change(exchange -> exchange.slots(held));
    }
    isShort = held < agenda.holders().size() && (isShort || held < before);
  }

  private static Doing doing(PlaceState state) {
    return switch (state) {
      case OPENING, REFUSED -> Doing.OPENING;
      case LEASED, IDLE -> Doing.CONNECTED;
      case LEAVING, SETTLING, FREE -> Doing.LEAVING;
    };
  }

  private Occupant occupant(Ticket ticket, Doing doing, Instant since) {
    AccountKey account = AccountKey.of(common, ticket.account());
    Route route = new Route(budget.name().host(), lookout.last().ours());
    return new Occupant(self, account, doing, since, slots.held(), route);
  }

  /**
   * The ports that Berths have told, and those of connections that they have just closed: what was
   * seen in the kernel's tables may be older than what they tell.
   */
  private Set<Integer> told(Elsewhere berths) {
    Instant now = now();
    for (Occupant berth : berths.holders()) {
      berth.route().ports().forEach(port -> toldPorts.put(port, now));
    }
    toldPorts.values().removeIf(at -> at.isBefore(now.minus(TOLD)));
    return toldPorts.keySet();
  }

  /** What others have, programs that are no Berths too. */
  private Elsewhere elsewhere(Outlook seen) throws IOException {
    Elsewhere berths = slots.elsewhere(now());
    List<Outsider> outsiders = seen.without(told(berths)).outsiders(berths.holders());
    if (outsiders.isEmpty()) {
      outsidersSince = Instant.MAX;
      return berths;
    }
    outsidersSince = outsidersSince.isBefore(now()) ? outsidersSince : now();
    return berths.beside(outsiders, outsidersSince);
  }

  /** Looks what others do, and for a slot if one is wanted and it is our turn. */
  private void look(Agenda agenda) throws IOException, InterruptedException {
    isIdle = agenda.isIdle();
    if (isIdle) {
      turnSince = Instant.MAX;
      wantNothing();
      return;
    }
    Outlook seen = outlook(agenda);
    // Before others are counted: what they do not do from then on, only we may do.
    boolean isOurs = takesTurn();
    Elsewhere elsewhere = elsewhere(seen);
    knowledge.refresh(elsewhere);
    giveWay(agenda, elsewhere);
    int below = budget.shared().slotsBelow();
    if (agenda.waiting().isEmpty() || (below == 0 && !budget.shared().awaitsOthers())) {
      standBy(agenda, elsewhere);
    } else if (isOurs && take(agenda.waiting().getFirst(), below)) {
      int held = slots.held();
      budget.shared().change(exchange -> exchange.slots(held));
      wantNothing();
    } else {
      waitFor(agenda.waiting().getFirst(), elsewhere);
    }
  }

  /**
   * Who waits for programs that are no Berths stands in no line, and is to be seen all the same.
   */
  private void standBy(Agenda agenda, Elsewhere elsewhere) throws IOException {
    if (agenda.waiting().isEmpty() || elsewhere.outsiders().isEmpty()) {
      wantNothing();
    } else {
      Ticket first = agenda.waiting().getFirst();
      leaveLine();
      slots.startWaiting(occupant(first, Doing.WAITING, first.since()));
    }
  }

  /** Looks who is outside while somebody waits, and for our own ports after we have connected. */
  private Outlook outlook(Agenda agenda) throws InterruptedException {
    int connected = 0;
    for (Snapshot.Holder holder : agenda.holders()) {
      connected += doing(holder.state()) == Doing.CONNECTED ? 1 : 0;
    }
    if (connected != connectedBefore) {
      connectedBefore = connected;
      portsPause = PORTS_SOON;
      portsAt = Instant.MIN;
    }
    if (!agenda.waiting().isEmpty()) {
      return lookout.fresh(Deadline.after(GLANCE));
    }
    if (lookout.last().ours().size() != connected && !now().isBefore(portsAt)) {
      lookout.want();
      portsAt = now().plus(portsPause);
      Duration longer = portsPause.multipliedBy(2);
      portsPause = longer.compareTo(PORTS_SELDOM) < 0 ? longer : PORTS_SELDOM;
    }
    return lookout.last();
  }

  /**
   * Whether it is our turn to look for a slot: we are within the gate, or who is has been stopped.
   * The gate is for order only; a slot is had by one all the same.
   */
  private boolean takesTurn() throws IOException {
    isOurTurn = turnstile.isWithin();
    if (isOurTurn) {
      slots.sayLooking(now());
    } else {
      Instant longAgo = now().minus(STOPPED_AFTER);
      isOurTurn = inLineSince.isBefore(longAgo) && !slots.isLookedForSince(longAgo);
    }
    return isOurTurn;
  }

  private void wantNothing() throws IOException {
    leaveLine();
    slots.stopWaiting();
  }

  private void leaveLine() {
    isOurTurn = false;
    inLineSince = Instant.MAX;
    turnstile.leave();
  }

  private boolean take(Ticket ticket, int below) throws IOException {
    return slots.take(below, occupant(ticket, Doing.OPENING, now()), now());
  }

  /** Goes for the gate, stays there, or lets another in that has fewer places than we have. */
  private void waitFor(Ticket ticket, Elsewhere elsewhere) throws IOException {
    slots.startWaiting(occupant(ticket, Doing.WAITING, ticket.since()));
    inLineSince = inLineSince.isBefore(now()) ? inLineSince : now();
    if (turnstile.isWithin() && elsewhere.isPoorer(slots.held(), 1)) {
      leaveLine();
    } else {
      turnstile.want();
    }
  }

  private void giveWay(Agenda agenda, Elsewhere elsewhere) {
    int held =
        (int) agenda.holders().stream().filter(it -> doing(it.state()) != Doing.LEAVING).count();
    // Not from the last lease on: who takes the same connection for each file would have no turn.
    if (held < heldBefore || held == 0) {
      turnSince = Instant.MAX;
    }
    heldBefore = held;
    turnSince = held > 0 && turnSince.isAfter(now()) ? now() : turnSince;
    boolean hadItsTurn = turnSince.isBefore(now().minus(TURN));
    boolean owes =
        isShort || elsewhere.isPoorer(held, 2) || (hadItsTurn && elsewhere.isPoorer(held, 1));
    budget.shared().change(exchange -> exchange.owe(owes));
  }

  private Instant now() {
    return budget.clock().instant();
  }

  /**
   * Gives all slots back. The server may count for a moment what was closed just now: others are
   * told. A second call does nothing.
   *
   * @throws IOException if a file could not be closed; the kernel gives the slots back then, at the
   *     end of the process
   */
  @Override
  public void close() throws IOException {
    if (!IN_USE.contains(path)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    Closer rest = new Closer();
    rest.register((Closeable) () -> IN_USE.remove(path));
    rest.register(slots);
    rest.register(knowledge);
    rest.register(gate);
    rest.register((Closeable) gateThread::close);
    rest.register((Closeable) lookoutThread::close);
    rest.register((Closeable) sharingThread::close);
    try (rest) {
      budget.shared().change(Exchange::finish);
      sharingThread.join(Deadline.after(CLOSE_WITHIN));
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
