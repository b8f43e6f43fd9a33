package dev.berth.admission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Reads out who is there. Guarded by the lock of the admission. */
record Roll(Collection<Slot> slots, Counts counts, WaitLine line, Judge judge) {
  Attendance call(Instant now) {
    return new Attendance(
        now,
        slots.stream().map(Roll::present).toList(),
        line.inOrder().stream().map(this::waiting).toList(),
        uses());
  }

  private static Attendance.Present present(Slot slot) {
    Activity activity = slot.activity();
    Attendance.Doing doing =
        switch (activity) {
          case Activity.Busy busy -> Attendance.Doing.BUSY;
          case Activity.Idle idle -> Attendance.Doing.IDLE;
          case Activity.Leaving leaving -> Attendance.Doing.LEAVING;
        };
    return new Attendance.Present(
        slot.number(),
        slot.caller(),
        slot.prefix(),
        slot.listener(),
        slot.state(),
        slot.account(),
        slot.transfer() != null,
        slot.since(),
        doing,
        activity.since());
  }

  private Attendance.Waiting waiting(Turn<?> turn) {
    return new Attendance.Waiting(
        turn.claim().slot().caller(),
        turn.claim().account(),
        turn.waitsFor().scope(),
        Words.name(turn.waitsFor().name()),
        turn.since(),
        line.position(turn));
  }

  private List<Attendance.Use> uses() {
    List<Attendance.Use> uses = new ArrayList<>();
    counts.forEach((key, bucket) -> {
      Slot any =
          Stream.of(bucket.standing(), bucket.provisional(), bucket.leaving())
              .flatMap(Collection::stream)
              .findFirst()
              .orElseThrow();
      Limit limit = judge.limit(key, any);
      int inUse = counts.inUse(key);
      if (limit != null && (key.countsTheLeaving() || inUse >= limit.most())) {
        uses.add(
            new Attendance.Use(
                key.what(), key.scope(), Words.name(key.name()), limit.most(), inUse));
      }
    });
    return uses;
  }
}
