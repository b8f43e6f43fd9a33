package dev.berth.limits;

import dev.berth.limits.Occupant.Doing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a budget that the programs of a machine share. Who holds a lock on {@code slot.3}
 * has a place; the kernel takes it back when its process ends, however it ends. Beside it {@code
 * info.3} says who that is, and {@code wait.PID} who would like a place.
 *
 * <p>A lock of POSIX belongs to the process: closing any opening of a file drops it. So a slot is
 * opened once, never read, and closed at the end only; what there is to read stands in other files.
 * Confined to one thread, but for {@link #close}, which nothing may follow.
 */
final class SlotFiles implements Closeable {
  private static final String SLOT = "slot.";
  private static final String INFO = "info.";
  private static final String WAIT = "wait.";
  private static final String TURN = "turn";
  private static final int MOST = 1024;
  private static final int MOST_DIGITS = 4;
  private static final Duration LOOKS_EACH = Duration.ofSeconds(1);

  /** Cleaners of /var/tmp delete after 30 days, of /tmp after 10 (systemd's tmp.conf). */
  private static final Duration TOUCHES_EACH = Duration.ofHours(1);

  /** Between making its file and locking it a program needs no such time. */
  private static final Duration DEAD_AFTER = Duration.ofMinutes(1);

  private static final ProcessName UNKNOWN = new ProcessName(0, "?", "just starting");
  private static final AccountKey NOBODYS = new AccountKey("0".repeat(16));

  private final SharedFolder folder;
  private final Duration settle;
  private final SortedMap<Integer, SharedFile> openings = new TreeMap<>();
  private final SortedMap<Integer, FileLock> held = new TreeMap<>();
  private final SortedMap<Integer, Occupant> said = new TreeMap<>();
  private @Nullable FileChannel waiting;
  private @Nullable Occupant waitingAs;
  private String waitingName = "";
  private Instant saidLooking = Instant.EPOCH;
  private Instant touched = Instant.EPOCH;

  SlotFiles(SharedFolder folder, Duration settle) {
    this.folder = folder;
    this.settle = settle;
  }

  /** How many we hold. */
  int held() {
    return held.size();
  }

  /**
   * Takes the lowest slot that is free.
   *
   * @param below only slots of lower numbers: so there are never more
   * @return whether there was one
   */
  boolean take(int below, Occupant as, Instant now) throws IOException {
    for (int number = 0; number < Math.min(below, MOST); number++) {
      if (!held.containsKey(number) && !isSettling(number, now)) {
        FileLock lock = tryLock(number, false);
        if (lock != null) {
          held.put(number, lock);
          touch(current(number));
          say(number, as);
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Keeps what we hold from being cleaned away; should somebody have deleted the file of a slot all
   * the same, takes the one that stands there now. If another program has that already, the slot is
   * lost.
   */
  void keepUp(Instant now) throws IOException {
    boolean isDue = !now.isBefore(touched.plus(TOUCHES_EACH));
    for (int number : List.copyOf(held.keySet())) {
      SharedFile file = current(number);
      if (!held.containsKey(number)) {
        FileLock lock = tryLock(number, false);
        if (lock == null) {
          continue;
        }
        held.put(number, lock);
      }
      if (isDue) {
        touch(file);
      }
    }
    touched = isDue ? now : touched;
  }

  private static void touch(SharedFile file) throws IOException {
    file.channel().write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
  }

  /** Says what we do with our slots, in the order of their numbers. */
  void describe(List<Occupant> uses) throws IOException {
    int use = 0;
    for (int number : held.keySet()) {
      if (use < uses.size()) {
        say(number, uses.get(use));
        use++;
      }
    }
  }

  /** Gives all but so many back, those of the highest numbers. */
  void keep(int count) throws IOException {
    while (held.size() > count) {
      release(held.lastKey());
    }
  }

  /** Gives all back, each said to be closed just now, or when it was. */
  void leaveAll(Instant now) throws IOException {
    for (Map.Entry<Integer, Occupant> each : Map.copyOf(said).entrySet()) {
      Occupant last = each.getValue();
      if (last.doing() != Doing.LEAVING) {
        say(each.getKey(), last.as(Doing.LEAVING, now));
      }
      release(each.getKey());
    }
  }

  private void release(int number) throws IOException {
    FileLock lock = held.remove(number);
    said.remove(number);
    if (lock != null) {
      lock.release();
    }
  }

  private void say(int number, Occupant as) throws IOException {
    Occupant last = said.put(number, as);
    if (last == null || !last.text().equals(as.text())) {
      folder.write(INFO + number, as.text());
    }
  }

  /** Joins those who wait, or stays among them. */
  void startWaiting(Occupant as) throws IOException {
    if (waiting == null) {
      // Not by the pid alone: containers share the folder and have the same ones.
      waitingName = WAIT + as.program().pid() + "." + Long.toHexString(System.nanoTime());
      FileChannel mine = folder.open(waitingName);
      FileLock lock = mine.tryLock();
      if (lock == null) {
        try (mine) {
          folder.delete(waitingName);
        }
        return; // Somebody looks whether it is locked: the next call makes another.
      }
      waiting = mine;
    }
    if (waitingAs == null || !waitingAs.text().equals(as.text())) {
      SharedFolder.write(waiting, as.text());
      waitingAs = as;
    }
  }

  /** Leaves those who wait. */
  void stopWaiting() throws IOException {
    FileChannel mine = waiting;
    Occupant as = waitingAs;
    if (mine != null && as != null) {
      waiting = null;
      waitingAs = null;
      try (mine) {
        folder.delete(waitingName);
      }
    }
  }

  /** Says that a program looks for a slot just now, as who is within the gate does all the time. */
  void sayLooking(Instant now) throws IOException {
    if (!now.isBefore(saidLooking.plus(LOOKS_EACH))) {
      folder.write(TURN, now.toString());
      saidLooking = now;
    }
  }

  /** Whether somebody who was within the gate has looked for a slot since then. */
  boolean isLookedForSince(Instant then) throws IOException {
    try {
      return Instant.parse(folder.read(TURN, Occupant.LONGEST_TEXT)).isAfter(then);
    } catch (DateTimeException e) {
      // Nobody ever said so: who is within was stopped before it could, or the file is not ours. To
      // look once too often does no harm, for the gate keeps order and no more.
      return false;
    }
  }

  /** What others hold, and who of them waits. */
  Elsewhere elsewhere(Instant now) throws IOException {
    List<Occupant> holders = new ArrayList<>();
    for (int number : numbers()) {
      if (!held.containsKey(number)) {
        occupant(number, now).ifPresent(holders::add);
      }
    }
    return new Elsewhere(holders, othersWaiting(now));
  }

  private Optional<Occupant> occupant(int number, Instant now) throws IOException {
    if (isSettling(number, now)) {
      return info(number);
    }
    if (!isLocked(number)) {
      return Optional.empty();
    }
    // Nothing legible yet: somebody has just taken it.
    Optional<Occupant> told = info(number);
    return told.isPresent()
        ? told
        : Optional.of(new Occupant(UNKNOWN, NOBODYS, Doing.OPENING, now, 1, Route.UNTOLD));
  }

  /**
   * Whether the connection that had it was closed so lately that the server may count it still. The
   * clocks of two programs differ by a little: what another has closed just now may be ahead of us.
   */
  private boolean isSettling(int number, Instant now) throws IOException {
    return info(number)
        .filter(it -> it.doing() == Doing.LEAVING)
        .filter(it -> Duration.between(it.since(), now).abs().compareTo(settle) < 0)
        .isPresent();
  }

  private Optional<Occupant> info(int number) throws IOException {
    return occupant(folder.read(INFO + number, Occupant.LONGEST_TEXT));
  }

  private static Optional<Occupant> occupant(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Occupant.read(text));
    } catch (IllegalArgumentException e) {
      // It is being written just now, or is not ours.
      return Optional.empty();
    }
  }

  private List<Occupant> othersWaiting(Instant now) throws IOException {
    List<Occupant> others = new ArrayList<>();
    for (String name : folder.names(WAIT)) {
      boolean ours = waiting != null && name.equals(waitingName);
      if (ours) {
        continue;
      }
      if (isLocked(name)) {
        occupant(folder.read(name, Occupant.LONGEST_TEXT)).ifPresent(others::add);
      } else {
        folder.deleteUnlessWrittenSince(name, now.minus(DEAD_AFTER));
      }
    }
    return others;
  }

  /**
   * Whether the program lives that locked a file, which is not ours: opening ours would drop it.
   */
  private boolean isLocked(String name) throws IOException {
    try (FileChannel theirs = folder.openExisting(name)) {
      FileLock lock = theirs.tryLock(0, Long.MAX_VALUE, true);
      if (lock == null) {
        return true;
      }
      lock.release();
      return false;
    } catch (FileSystemException e) {
      // Gone meanwhile, or nothing that Berth made.
      return false;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private SortedSet<Integer> numbers() throws IOException {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String name : folder.names(SLOT)) {
      String digits = name.substring(SLOT.length());
      boolean isNumber =
          !digits.isEmpty()
              && digits.length() <= MOST_DIGITS
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      if (isNumber && Integer.parseInt(digits) < MOST) {
        numbers.add(Integer.parseInt(digits));
      }
    }
    return numbers;
  }

  /** Looks by a lock that is shared: two who look do not take each other for holders. */
  private boolean isLocked(int number) throws IOException {
    FileLock lock = tryLock(number, true);
    if (lock != null) {
      lock.release();
    }
    return lock == null;
  }

  private @Nullable FileLock tryLock(int number, boolean isShared) throws IOException {
    try {
      return current(number).channel().tryLock(0, Long.MAX_VALUE, isShared);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * The file that others find under the name of a slot. A lock on another that was deleted counts
   * for nothing, and is given up.
   */
  private SharedFile current(int number) throws IOException {
    SharedFile opening = openings.get(number);
    if (opening != null && opening.isReplaced(folder, SLOT + number)) {
      release(number);
      opening.close();
      opening = null;
    }
    if (opening == null) {
      opening = SharedFile.open(folder, SLOT + number);
      openings.put(number, opening);
    }
    return opening;
  }

  @Override
  public void close() throws IOException {
    stopWaiting();
    for (SharedFile opening : openings.values()) {
      opening.close();
    }
  }
}
