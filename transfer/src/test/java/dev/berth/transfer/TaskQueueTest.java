package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.FtpConnection;
import dev.berth.transfer.FileResult.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskQueueTest {
  private static final class Piece implements Task {
    private long progress;

    @Override
    public Step begin(FtpConnection connection) {
      return () -> {};
    }

    @Override
    public long progress() {
      return progress;
    }

    @Override
    public void failed(Cause cause, String reason) {}
  }

  private final TaskQueue queue = new TaskQueue();

  @Test
  void withoutTasksTheWorkHasEnded() throws InterruptedException {
    queue.awaitEnd();

    assertThat(queue.awaitWork()).isFalse();
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void tasksComeInOrderAndThoseToBeDoneAgainFirst() {
    Piece one = new Piece();
    Piece two = new Piece();
    queue.add(one);
    queue.add(two);
    TaskQueue.Entry first = queue.poll().orElseThrow();
    assertThat(first.task()).isSameAs(one);

    queue.putBack(first, Duration.ZERO);

    assertThat(queue.poll()).map(TaskQueue.Entry::task).containsSame(one);
    assertThat(queue.poll()).map(TaskQueue.Entry::task).containsSame(two);
    assertThat(queue.left()).isEqualTo(2);
  }

  @Test
  void aTaskThatPausesLetsOthersPass() {
    Piece two = new Piece();
    queue.add(new Piece());
    queue.add(two);
    queue.putBack(queue.poll().orElseThrow(), Duration.ofMinutes(5));

    assertThat(queue.poll()).map(TaskQueue.Entry::task).containsSame(two);
    assertThat(queue.poll()).isEmpty();
    assertThat(queue.left()).isEqualTo(2);
  }

  @Test
  void aShortPauseEnds() throws InterruptedException {
    queue.add(new Piece());
    queue.putBack(queue.poll().orElseThrow(), Duration.ofMillis(5));

    assertThat(queue.awaitWork()).isTrue();
    assertThat(queue.poll()).isPresent();
  }

  @Test
  void oneTaskMakesOneWish() throws Exception {
    queue.add(new Piece());
    assertThat(queue.awaitWork()).isTrue();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> second = threads.submit(queue::awaitWork);
      queue.served();
      TaskQueue.Entry entry = queue.poll().orElseThrow();
      if (second.isDone()) {
        // It got in between; a wish for nothing ends like any other.
        queue.served();
      }
      queue.add(new Piece());
      assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(entry.task()).isNotNull();
    }
  }

  @Test
  void aSecondMemberWaitsWhileTheOnlyTaskIsWishedFor() throws Exception {
    queue.add(new Piece());
    assertThat(queue.awaitWork()).isTrue();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> second = threads.submit(queue::awaitWork);
      TaskQueue.Entry entry = queue.poll().orElseThrow();
      queue.served();
      assertThat(entry.failedAttempts()).isEqualTo(1);
      queue.ended();

      assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void attemptsCountFromTheLastThatCameMuchFurtherThanAnyBefore() {
    long much = TaskQueue.Entry.LEAST_PROGRESS;
    Piece piece = new Piece();
    queue.add(piece);
    TaskQueue.Entry entry = queue.poll().orElseThrow();

    assertThat(entry.failedAttempts()).isEqualTo(1);
    assertThat(entry.failedAttempts()).isEqualTo(2);
    piece.progress = much;
    assertThat(entry.failedAttempts()).isEqualTo(1);
    assertThat(entry.failedAttempts()).isEqualTo(2);
    piece.progress = much / 2;
    assertThat(entry.failedAttempts()).isEqualTo(3);
    piece.progress = 2 * much - 1;
    assertThat(entry.failedAttempts()).isEqualTo(4);
    piece.progress = 2 * much;
    assertThat(entry.failedAttempts()).isEqualTo(1);
  }

  @Test
  void stoppingHandsOutNothingAndKeepsWhatIsLeft() throws InterruptedException {
    queue.add(new Piece());
    queue.add(new Piece());
    queue.poll();
    queue.stop();

    assertThat(queue.poll()).isEmpty();
    assertThat(queue.awaitWork()).isFalse();
    queue.ended();
    queue.awaitEnd();
    assertThat(queue.leftOver()).hasSize(1);
    assertThat(queue.leftOver()).isEmpty();
  }

  @Test
  void manyMembersDoEveryTaskOnceAndAllEnd() throws Exception {
    long seed = System.nanoTime();
    for (int round = 0; round < 20; round++) {
      TaskQueue raced = new TaskQueue();
      AtomicInteger done = new AtomicInteger();
      AtomicInteger added = new AtomicInteger(50);
      for (int n = 0; n < 50; n++) {
        raced.add(new Piece());
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        RandomGenerator seeds = new java.util.Random(seed + round);
        for (int n = 0; n < 8; n++) {
          RandomGenerator random = new java.util.Random(seeds.nextLong());
          threads.submit(() -> work(raced, random, done, added));
        }
        raced.awaitEnd();
      }
      assertThat(done).as("seed " + seed).hasValue(added.get());
      assertThat(raced.left()).isZero();
    }
  }

  private static boolean work(
      TaskQueue queue, RandomGenerator random, AtomicInteger done, AtomicInteger added)
      throws InterruptedException {
    while (queue.awaitWork()) {
      queue.served();
      Optional<TaskQueue.Entry> entry = queue.poll();
      while (entry.isPresent()) {
        int dice = random.nextInt(10);
        if (dice == 0) {
          queue.putBack(entry.get(), Duration.ofMillis(random.nextInt(3)));
        } else {
          if (dice == 1) {
            added.incrementAndGet();
            queue.add(new Piece());
          }
          done.incrementAndGet();
          queue.ended();
        }
        entry = random.nextInt(4) == 0 ? Optional.empty() : queue.poll();
      }
    }
    return true;
  }
}
