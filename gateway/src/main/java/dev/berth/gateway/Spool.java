package dev.berth.gateway;

import dev.berth.lifetime.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What clients have stored at one upstream, and that has not got it yet: in memory what {@link
 * SpoolFiles} has on disk. Any thread may call it.
 *
 * <p>Invariants: a file is changed by one thread at a time; one worker at the most delivers for a
 * user, and while he has something pending there is one.
 */
final class Spool implements Closeable {
  private static final int MOST_UNFIT = 1000;

  private final SpoolFiles files;
  private final SpoolLogins logins;
  private final SpoolRoom room;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, List<Pending>> pending = new HashMap<>(); // guarded by lock; by user
  private final Set<String> working = new HashSet<>(); // guarded by lock; users
  private final Set<String> unfit = new HashSet<>(); // guarded by lock; user and path
  private long last; // guarded by lock; the number of the youngest
  private boolean isOpen; // guarded by lock; it is ours

  /** One file. Guarded by the spool's lock. */
  final class Pending {
    private SpooledFile file;
    private boolean isBeingChanged;
    private boolean isGone;

    private Pending(SpooledFile file) {
      this.file = file;
    }

    /** As it is now. */
    SpooledFile file() {
      lock.lock();
      try {
        return file;
      } finally {
        lock.unlock();
      }
    }
  }

  Spool(SpoolFiles files, SpoolRoom room) {
    this.files = files;
    this.logins = new SpoolLogins(files);
    this.room = room;
  }

  /**
   * Takes over what lies there, if no other gateway has it.
   *
   * @param receipts of what was delivered, though that may not have been noted here any more
   * @return whose files are to be delivered; nothing if another has the spool
   */
  Optional<Set<String>> open(Receipts receipts) throws IOException {
    if (!files.tryLock()) {
      return Optional.empty();
    }
    Set<String> done = receipts.ids();
    Map<String, List<Pending>> found = new LinkedHashMap<>();
    long youngest = 0;
    for (SpooledFile file : files.recover()) {
      youngest = Math.max(youngest, file.number());
      if (done.contains(file.id())) {
        files.remove(file);
      } else {
        room.occupied(file.sizeBytes());
        logins.found(file.user());
        found.computeIfAbsent(file.user(), user -> new ArrayList<>()).add(new Pending(file));
      }
    }
    files.forgetAllBut(found.keySet());
    lock.lock();
    try {
      pending.putAll(found);
      working.addAll(found.keySet());
      last = youngest;
      isOpen = true;
    } finally {
      lock.unlock();
    }
    return Optional.of(found.keySet());
  }

  /** Whether files may be taken: it is ours, there is room, and it fitted when tried before. */
  boolean takes(String user, String key) {
    lock.lock();
    try {
      return isOpen && !room.isFull() && !unfit.contains(user + '\0' + key);
    } finally {
      lock.unlock();
    }
  }

  /** It has not fitted: tried once more, it goes the direct way. */
  void doesNotFit(String user, String key) {
    lock.lock();
    try {
      if (unfit.size() >= MOST_UNFIT) {
        unfit.clear();
      }
      unfit.add(user + '\0' + key);
    } finally {
      lock.unlock();
    }
  }

  SpoolRoom room() {
    return room;
  }

  /** A file of nobody yet. */
  Path part() {
    return files.part("part-" + token());
  }

  private String token() {
    byte[] any = new byte[6];
    random.nextBytes(any);
    return HexFormat.of().formatHex(any);
  }

  /** What is to be known of a file that has come as a whole. */
  record Received(SpoolPath path, char type, long sizeBytes, String sha256) {}

  /**
   * Takes a file over: it is pending when this returns, come what may.
   *
   * @param part all of it, on the disk
   * @return whether nobody delivers for its user yet, and somebody has to
   * @throws IOException if it cannot be kept; it is not there then
   */
  boolean accept(UpstreamAccount account, Path part, Received received) throws IOException {
    SpooledFile file =
        new SpooledFile(
            nextId(),
            account.user(),
            received.path(),
            received.path(),
            received.type(),
            received.sizeBytes(),
            received.sha256(),
            Instant.now(),
            SpooledFile.Stage.RECEIVED);
    logins.hold(SpoolAccount.of(account));
    boolean isKept = false;
    try {
      files.keep(part, file);
      isKept = true;
    } finally {
      if (!isKept) {
        logins.release(account.user());
      }
    }
    return add(file);
  }

  private String nextId() {
    lock.lock();
    try {
      last++;
      return "%012d-%s".formatted(last, token());
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether nobody works for its user yet. */
  private boolean add(SpooledFile file) {
    lock.lock();
    try {
      List<Pending> own = pending.computeIfAbsent(file.user(), it -> new ArrayList<>());
      own.add(new Pending(file));
      own.sort((one, other) -> one.file.id().compareTo(other.file.id()));
      return working.add(file.user());
    } finally {
      lock.unlock();
    }
  }

  /** The next to be delivered; if there is none, whoever asks works for the user no more. */
  Optional<Pending> next(String user) {
    lock.lock();
    try {
      List<Pending> own = pending.getOrDefault(user, List.of());
      if (own.isEmpty()) {
        working.remove(user);
        return Optional.empty();
      }
      return Optional.of(own.getFirst());
    } finally {
      lock.unlock();
    }
  }

  /** How many files of a user are pending, and since when the oldest. */
  record Backlog(int files, Instant oldest) {}

  Optional<Backlog> backlog(String user) {
    return of(user).stream()
        .map(SpooledFile::received)
        .min(Instant::compareTo)
        .map(oldest -> new Backlog(of(user).size(), oldest));
  }

  /** What is pending of a user, in order. */
  List<SpooledFile> of(String user) {
    lock.lock();
    try {
      return pending.getOrDefault(user, List.of()).stream().map(it -> it.file).toList();
    } finally {
      lock.unlock();
    }
  }

  /** By which logins to deliver. */
  SpoolLogins logins() {
    return logins;
  }

  /**
   * Writes down a change of a file, unless it is gone, or the change is none.
   *
   * @param change nothing if it is not to be changed
   * @return the file after it; nothing if there was none
   */
  Optional<SpooledFile> change(Pending one, Function<SpooledFile, Optional<SpooledFile>> change)
      throws IOException, InterruptedException {
    Optional<SpooledFile> next = begin(one).flatMap(change);
    if (next.isEmpty()) {
      end(one, Optional.empty());
      return next;
    }
    boolean isWritten = false;
    try {
      files.update(next.get());
      isWritten = true;
    } finally {
      end(one, isWritten ? next : Optional.empty());
    }
    return next;
  }

  private Optional<SpooledFile> begin(Pending one) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (one.isBeingChanged) {
        changed.await();
      }
      one.isBeingChanged = true;
      return one.isGone ? Optional.empty() : Optional.of(one.file);
    } finally {
      lock.unlock();
    }
  }

  private void end(Pending one, Optional<SpooledFile> next) {
    end(one, next, false);
  }

  private void end(Pending one, Optional<SpooledFile> next, boolean hasLeft) {
    lock.lock();
    try {
      next.ifPresent(file -> one.file = file);
      one.isGone |= hasLeft;
      one.isBeingChanged = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is done to a file's place on disk when it leaves the spool. */
  private interface Farewell {
    void take(SpooledFile file) throws IOException;
  }

  /** It was delivered, or is not wanted any more. */
  void remove(Pending one) throws IOException, InterruptedException {
    leave(one, file -> true, files::remove);
  }

  /** The server will never take it. */
  void putAside(Pending one, String reason) throws IOException, InterruptedException {
    leave(one, file -> true, file -> files.putAside(file, reason));
  }

  private boolean leave(Pending one, Predicate<SpooledFile> test, Farewell farewell)
      throws IOException, InterruptedException {
    Optional<SpooledFile> file = begin(one).filter(test);
    boolean hasLeft = false;
    try {
      if (file.isPresent()) {
        farewell.take(file.get());
        hasLeft = true;
      }
    } finally {
      end(one, Optional.empty(), hasLeft);
    }
    if (hasLeft) {
      left(one, file.get());
    }
    return hasLeft;
  }

  private void left(Pending one, SpooledFile file) throws IOException {
    room.giveBack(file.sizeBytes());
    lock.lock();
    try {
      List<Pending> own = pending.getOrDefault(file.user(), new ArrayList<>());
      own.remove(one);
      if (own.isEmpty()) {
        pending.remove(file.user());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    logins.release(file.user());
  }

  private List<Pending> found(String user, Predicate<SpooledFile> which) {
    lock.lock();
    try {
      return pending.getOrDefault(user, List.of()).stream()
          .filter(it -> which.test(it.file))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a user has anything pending. */
  boolean isEmpty(String user) {
    lock.lock();
    try {
      return pending.getOrDefault(user, List.of()).isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives files another target, as long as the server has not been asked to rename them.
   *
   * @return whether there were any, and all of them have it
   */
  boolean rename(String user, Predicate<SpooledFile> which, SpoolPath target)
      throws IOException, InterruptedException {
    List<Pending> found = found(user, which);
    if (!of(user).stream().filter(which).allMatch(Spool::canBeRenamed)) {
      return false; // The one before is being renamed at the server: this one shall follow it.
    }
    boolean isDone = !found.isEmpty();
    for (Pending one : found) {
      Optional<SpooledFile> renamed =
          change(one, file -> canBeRenamed(file) ? Optional.of(file.to(target)) : Optional.empty());
      isDone &= renamed.isPresent();
    }
    return isDone;
  }

  static boolean canBeRenamed(SpooledFile file) {
    return file.stage() == SpooledFile.Stage.RECEIVED || file.stage() == SpooledFile.Stage.SENDING;
  }

  /** Drops files of which the server knows nothing yet; returns whether there were any. */
  boolean drop(String user, Predicate<SpooledFile> which) throws IOException, InterruptedException {
    boolean wereAny = false;
    for (Pending one : found(user, which)) {
      wereAny |= leave(one, file -> file.stage() == SpooledFile.Stage.RECEIVED, files::remove);
    }
    return wereAny;
  }

  /**
   * Waits until files that are pending now are so no more.
   *
   * @return whether that came in time
   */
  boolean awaitDelivered(String user, Predicate<SpooledFile> which, Deadline deadline)
      throws InterruptedException {
    List<Pending> found = found(user, which);
    lock.lockInterruptibly();
    try {
      while (!found.stream().allMatch(it -> it.isGone) && !deadline.isOver()) {
        changed.awaitNanos(deadline.remainingNanos());
      }
      return found.stream().allMatch(it -> it.isGone);
    } finally {
      lock.unlock();
    }
  }

  /** Its octets. */
  FileChannel content(SpooledFile file) throws IOException {
    return files.open(file);
  }

  /** Gives it up to another gateway. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      isOpen = false;
    } finally {
      lock.unlock();
    }
    files.close();
  }
}
