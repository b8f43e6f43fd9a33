package dev.berth.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Who is counted where. How many there are is how many slots a count has: no other number is kept.
 * Guarded by the lock of its admission.
 */
final class Counts {
  private final Map<Key, Bucket> buckets = new HashMap<>();
  private final Bucket nobody = new Bucket(); // stays empty

  /** The slots of a count, to be looked at. */
  Bucket of(Key key) {
    return buckets.getOrDefault(key, nobody);
  }

  /** How many of them the limit counts. */
  int inUse(Key key) {
    Bucket bucket = of(key);
    return key.countsTheLeaving() ? bucket.size() : bucket.standing().size();
  }

  void add(Slot slot, List<Key> keys) {
    for (Key key : keys) {
      buckets.computeIfAbsent(key, k -> new Bucket()).add(slot, slot.footing(key));
      slot.keys().add(key);
    }
  }

  void remove(Slot slot, Predicate<Key> which) {
    for (Key key : List.copyOf(slot.keys())) {
      if (which.test(key)) {
        Bucket bucket = of(key);
        bucket.remove(slot, slot.footing(key));
        slot.keys().remove(key);
        if (bucket.size() == 0) {
          buckets.remove(key);
        }
      }
    }
  }

  /** Puts a slot on another footing in all that counts its session. */
  void move(Slot slot, Footing to) {
    List<Key> keys = slot.keys().stream().filter(key -> key.what() == Count.CONNECTIONS).toList();
    List<Key> moved = new ArrayList<>(keys);
    remove(slot, moved::contains);
    slot.footing(to);
    add(slot, moved);
  }

  void forEach(BiConsumer<Key, Bucket> action) {
    buckets.forEach(action);
  }
}
