package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.Occupant.Doing;
import dev.berth.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One program that shares its budget with others, which are played by files and child processes.
 */
@Timeout(60)
class SharingTest {
  private static final Account ALICE = new Account("alice");
  private static final BudgetName NAME = new BudgetName("ftp.example.com", 21, "192.0.2.1");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ProcessName SELF = new ProcessName(7, "ann", "berth test");

  @TempDir Path folder;

  private final HandClock clock = new HandClock();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Budget<String> budget = budget(LimitSettings.standard());

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Budget<String> budget(LimitSettings settings) {
    LimitState first = new LimitLearner(settings).first(clock.instant());
    return new Budget<>(NAME, settings, clock, new SplittableRandom(1), first);
  }

  private void known(LimitState state) {
    budget = new Budget<>(NAME, LimitSettings.standard(), clock, new SplittableRandom(1), state);
  }

  private LimitState stated(int limit) {
    return learned(new LimitLearner(LimitSettings.standard()).first(clock.instant()), limit);
  }

  private LimitState learned(LimitState before, int limit) {
    Refusal full = new Refusal.Limit(Refusal.Scope.ADDRESS, new Stated.Figure(limit), "too many");
    LimitState refused =
        new LimitLearner(LimitSettings.standard())
            .next(
                before,
                new Observation.Refused(ALICE, new Held(limit, limit), full, 0),
                clock.instant());
    return refused.withPace(Pace.free(clock.instant()));
  }

  private Machine machine() {
    return Neighbourhood.in(
        folder.resolve("share"),
        folder.resolve("proc"),
        Map.of("ftp.example.com", List.of("192.0.2.9")));
  }

  private Path shared() {
    return folder.resolve("share").resolve("192.0.2.9_21_192.0.2.1");
  }

  private Sharing share() throws IOException {
    Sharing sharing =
        Sharing.start(machine(), budget, SELF, why -> assertThat(why).as("the end").isEmpty());
    open.add(sharing);
    return sharing;
  }

  private Permit<String> open() throws InterruptedException {
    Grant<String> grant = budget.take(ALICE, Deadline.after(SOON));
    assertThat(grant).isInstanceOf(Grant.Open.class);
    Permit<String> permit = ((Grant.Open<String>) grant).permit();
    permit.opened("connection");
    return permit;
  }

  private static void await(String what, Await.Condition condition) {
    Await.until(SOON, what, condition);
  }

  /** Another program, as far as files tell, that waits without a place. */
  private void otherWaits() throws IOException {
    Occupant other =
        new Occupant(
            new ProcessName(99, "bob", "berth put"),
            new AccountKey("0".repeat(16)),
            Doing.WAITING,
            clock.instant(),
            0,
            Route.UNTOLD);
    FileChannel file = SharedFolder.existing(shared()).open("wait.99.x");
    open.add(file);
    SharedFolder.write(file, other.text());
    assertThat(file.tryLock()).isNotNull();
  }

  private Process child(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GateChild.class.getName()));
    command.addAll(List.of(arguments));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    open.add(() -> child.destroyForcibly().waitFor());
    BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("locked true");
    return child;
  }

  @Test
  void thePlaceOfAnotherProgramIsLeftToItAndTakenWhenItGoes() throws Exception {
    KernelTables tables = KernelTables.in(folder.resolve("proc"));
    tables.connection(40_001, 1000, 71).write("net/tcp");
    tables.process("4711", "lftp", 71);
    known(stated(2));
    share();
    open();

    Ticket ticket = budget.ticket(ALICE, "get");
    Thread second = Thread.ofPlatform().start(() -> take(ticket));
    await("a name", () -> budget.explain(ticket).sentence().contains("pid 4711 `lftp`"));
    assertThat(budget.explain(ticket).sentence())
        .contains("programs other than Berth hold the rest; one more is tried all the same, next");
    assertThat(second.isAlive()).isTrue();

    tables.nothing().write("net/tcp");
    second.join(SOON);

    assertThat(second.isAlive()).isFalse();
    assertThat(budget.snapshot().open()).isEqualTo(2);
  }

  @Test
  void whoWaitsForAnotherProgramAloneIsSeenToWait() throws Exception {
    KernelTables tables = KernelTables.in(folder.resolve("proc"));
    tables.connection(40_001, 1000, 71).write("net/tcp");
    tables.process("4711", "lftp", 71);
    known(stated(1));
    share();
    Ticket ticket = budget.ticket(ALICE, "get");
    Thread waiter = Thread.ofPlatform().start(() -> take(ticket));

    await("the file", this::isAnyWaiting);
    assertThat(budget.explain(ticket).sentence()).contains("held by pid 4711 `lftp`");
    tables.nothing().write("net/tcp");

    waiter.join(SOON);
    assertThat(budget.snapshot().open()).isEqualTo(1);
  }

  private void take(Ticket ticket) {
    try {
      assertThat(budget.take(ticket, Deadline.after(SOON))).isInstanceOf(Grant.Open.class);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void ourOwnConnectionIsToldByItsPort() throws Exception {
    KernelTables tables = KernelTables.in(folder.resolve("proc"));
    tables.connection(40_001, 1000, 71).write("net/tcp");
    tables.process("self", "java", 71);
    known(stated(2));
    share();
    open();

    await("the port", () -> info().contains("ports=40001\n"));
    assertThat(info()).contains("server=ftp.example.com\n");
  }

  private String info() {
    try {
      return SharedFolder.existing(shared()).read("info.0", Occupant.LONGEST_TEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoTakesTheSameConnectionAgainAndAgainHasHadItsTurnAllTheSame() throws Exception {
    known(stated(1));
    share();
    Permit<String> permit = open();
    await("the turn to begin", () -> info().contains("doing=CONNECTED"));
    otherWaits();
    AtomicReference<Permit<String>> last = new AtomicReference<>(permit);
    await(
        "the turn to end",
        () -> {
          if (last.get().park() == Parked.RETIRE) {
            return true;
          }
          last.set(((Grant.Reuse<String>) budget.take(ALICE, Deadline.after(SOON))).permit());
          clock.advance(Duration.ofSeconds(4));
          return false;
        });
  }

  /** What another program says of the slot that it has. */
  private void otherSays(int slot, Doing doing) throws IOException {
    Occupant other =
        new Occupant(
            new ProcessName(99, "bob", "berth put"),
            new AccountKey("0".repeat(16)),
            doing,
            clock.instant(),
            1,
            Route.UNTOLD);
    SharedFolder.existing(shared()).write("info." + slot, other.text());
  }

  private Permit<String> grantedToOpen() throws InterruptedException {
    return ((Grant.Open<String>) budget.take(ALICE, Deadline.after(SOON))).permit();
  }

  @ParameterizedTest
  @CsvSource({"CONNECTED, 3, GROWN", "LEAVING, 2, SEED"})
  void whoGetsInWhileAnotherProgramLeavesHasNotSeenMoreWorkAtOnce(
      Doing theirs, int limit, Evidence.Kind kind) throws Exception {
    share();
    SharedFolder.existing(shared()).open("slot.0").close();
    otherSays(0, Doing.CONNECTED);
    child(shared().resolve("slot.0").toString());
    open();
    Permit<String> third = grantedToOpen();

    otherSays(0, theirs);
    third.opened("third");

    Ceiling learned = budget.snapshot().state().address();
    assertThat(learned.limit()).isEqualTo(limit);
    assertThat(learned.evidence().kind()).isEqualTo(kind);
  }

  @Test
  void whoIsAboutToCloseAConnectionHasToldOthersBefore() throws Exception {
    known(stated(1));
    share();
    Permit<String> permit = open();
    await("the connection", () -> info().contains("doing=CONNECTED"));

    permit.leaving();
    permit.announce();

    assertThat(info()).contains("doing=LEAVING");
    permit.left();
  }

  @Test
  void aProgramThatWasStoppedWithinTheGateHoldsUpNobody() throws Exception {
    known(stated(1));
    share();
    await("the gate", () -> Files.exists(shared().resolve("gate")));
    Process child = child(shared().resolve("gate").toString());
    signal(child, "STOP");

    Ticket ticket = budget.ticket(ALICE, "get");
    Thread taker = Thread.ofPlatform().start(() -> take(ticket));
    await("the line", this::isAnyWaiting);
    Instant inLine = clock.instant();
    await(
        "a place",
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return budget.snapshot().open() == 1;
        });

    assertThat(Duration.between(inLine, clock.instant())).isGreaterThan(Duration.ofSeconds(5));
    taker.join(SOON);
    assertThat(child.isAlive()).isTrue();
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  private boolean isAnyWaiting() {
    try {
      return !SharedFolder.existing(shared()).names("wait.").isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoWaitsOfOneProcessAreNoDeadlockThoughTheKernelSaysSo() throws Exception {
    Path ours = Files.createFile(folder.resolve("ours"));
    Path theirs = Files.createFile(folder.resolve("theirs"));
    FileChannel held = SharedFolder.existing(folder).open("ours");
    open.add(held);
    assertThat(held.tryLock()).isNotNull();
    Process child = child(theirs.toString(), ours.toString());
    await("the child to wait", () -> isWaitedFor(child));
    FileChannel gate = SharedFolder.existing(folder).open("theirs");
    open.add(gate);
    Turnstile turnstile = new Turnstile(gate, () -> {});
    Thread runner =
        Thread.ofPlatform()
            .start(() -> {
              try {
                turnstile.run();
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    turnstile.want();

    await("the false deadlock", () -> isParked(runner));
    assertThat(turnstile.isWithin()).isFalse();
    child.getOutputStream().close();

    await("the gate", turnstile::isWithin);
    turnstile.leave();
    runner.interrupt();
    runner.join(SOON);
  }

  /** The kernel says "-> ... POSIX ... PID" for each that waits for a lock. */
  private static boolean isWaitedFor(Process child) {
    try {
      return Files.readAllLines(Path.of("/proc/locks")).stream()
          .anyMatch(it -> it.contains("->") && it.contains(" " + child.pid() + " "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It waits between two tries, where else it waits in the kernel. */
  private static boolean isParked(Thread runner) {
    for (StackTraceElement frame : runner.getStackTrace()) {
      if (frame.getMethodName().equals("parkNanos")) {
        return true;
      }
    }
    return false;
  }

  private SharedState state() throws IOException {
    SharedState state =
        new SharedState(
            machine().common(NAME),
            SharedFolder.of(machine().folder(), shared().getFileName().toString()));
    open.add(state);
    return state;
  }

  @Test
  void aPauseSurvivesANewcomer() throws Exception {
    LimitState paused =
        stated(2).withPace(new Pace(clock.instant().plusSeconds(40), 1, 0, "too many"));
    state().change(paused, before -> paused);
    share();

    await("the pause", () -> budget.snapshot().state().pace().isOn(clock.instant()));
    assertThat(budget.snapshot().state().address().evidence().kind()).isEqualTo(Evidence.Kind.SEED);
  }

  @Test
  void whoseLimitIsConfiguredTakesOverAPauseAndALowerLimit() throws Exception {
    budget = budget(LimitSettings.standard().withConfigured(5));
    share();
    open();
    LimitState lower =
        stated(2).withPace(new Pace(clock.instant().plusSeconds(40), 1, 0, "too many"));
    state().change(lower, before -> lower);

    await("the limit", () -> budget.snapshot().state().address().limit() == 2);
    assertThat(budget.snapshot().state().pace().isOn(clock.instant())).isTrue();
  }

  @Test
  void whatTheServerSaysToOneWhoseLimitIsConfiguredAllLearn() throws Exception {
    budget = budget(LimitSettings.standard().withConfigured(5));
    share();
    open();
    Grant<String> next = budget.take(ALICE, Deadline.after(SOON));
    Refusal full = new Refusal.Limit(Refusal.Scope.ADDRESS, new Stated.Figure(1), "too many");
    ((Grant.Open<String>) next).permit().refused(full);

    LimitState known = state().read().orElseThrow();
    assertThat(known.address().limit()).isEqualTo(1);
    assertThat(known.address().evidence().kind()).isEqualTo(Evidence.Kind.STATED);
    assertThat(known.pace().isOn(clock.instant())).isTrue();
  }

  @Test
  void whatIsDecidedByHandIsObeyedByThoseAtWork() throws Exception {
    known(stated(2));
    share();
    open();
    LimitMemory memory = new LimitMemory(folder.resolve("memory"));
    LimitDecision decision = new LimitDecision(memory, machine());

    decision.set(NAME, 7, clock.instant().plusMillis(1));
    await("the limit", () -> budget.snapshot().state().address().limit() == 7);
    assertThat(memory.all()).containsOnlyKeys(NAME);

    assertThat(decision.forget("FTP.example.com", 21, clock.instant().plusMillis(2))).isTrue();
    await(
        "a first guess",
        () -> budget.snapshot().state().address().evidence().kind() == Evidence.Kind.SEED);
    assertThat(memory.all()).isEmpty();
    memory.keep(NAME, budget.snapshot().state(), clock.instant());
    assertThat(((Recall.Known<LimitState>) memory.recall(NAME)).value().address().limit())
        .isEqualTo(2);
  }

  @Test
  void whoHoldsMoreThanIsSetMeanwhileGivesBackBetweenTwoFiles() throws Exception {
    known(stated(2));
    share();
    Permit<String> one = open();
    Permit<String> two = open();
    assertThat(budget.isWantedElsewhere(ALICE)).isFalse();
    LimitDecision decision = new LimitDecision(new LimitMemory(folder), machine());

    decision.set(NAME, 1, clock.instant().plusMillis(1));

    await("one to be given back", () -> budget.isWantedElsewhere(ALICE));
    assertThat(one.park()).isEqualTo(Parked.RETIRE);
    assertThat(budget.isWantedElsewhere(ALICE)).isFalse();
    assertThat(two.park()).isEqualTo(Parked.KEPT);
  }

  @Test
  void aSlotWhoseFileWasDeletedIsTakenAgain() throws Exception {
    known(stated(1));
    share();
    open();
    await("the slot", () -> info().contains("doing=CONNECTED"));

    Files.delete(shared().resolve("slot.0"));

    await("a new file", () -> isLockedByUs("slot.0"));
    assertThat(budget.isWantedElsewhere(ALICE)).isFalse();
  }

  @Test
  void aSlotThatAnotherTookAfterItsFileWasDeletedIsGivenUp() throws Exception {
    known(stated(1));
    share();
    open();
    await("the slot", () -> info().contains("doing=CONNECTED"));

    SharedFolder.existing(shared()).write("fresh", "");
    child(shared().resolve("fresh").toString());
    Files.move(
        shared().resolve("fresh"),
        shared().resolve("slot.0"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);

    await("a connection to be given back", () -> budget.isWantedElsewhere(ALICE));
  }

  private boolean isLockedByUs(String name) {
    try {
      Object inode = Files.getAttribute(shared().resolve(name), "unix:ino");
      return Files.readAllLines(Path.of("/proc/locks")).stream()
          .anyMatch(it ->
              it.contains(" " + ProcessHandle.current().pid() + " ")
                  && it.contains(":" + inode + " "));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theStandingNamesTheServerAsItsUsersDo() throws Exception {
    known(stated(1));
    share();
    open();
    await("the slot", () -> info().contains("doing=CONNECTED"));
    Occupant said = Occupant.read(info());

    assertThat(said.route()).isEqualTo(new Route("ftp.example.com", new TreeSet<>()));
    assertThat(
            Standing.all(machine(), LimitSettings.standard(), Instant.now()).stream()
                .map(Standing::name))
        .containsExactly(NAME);
  }
}
