package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The places of one budget that are not free. Guarded by the lock of its budget. */
final class Places<C> {
  private final List<Place<C>> taken = new ArrayList<>();

  Place<C> add(Ticket holder, Instant now, Held beside) {
    Place<C> place = new Place<>(holder, now, beside);
    taken.add(place);
    return place;
  }

  /** The one way by which a place leaves: it is free. */
  void free(Place<C> place, Instant now) {
    place.move(PlaceState.FREE, now);
    taken.remove(place);
  }

  /** Frees the places that the server counts no more; answers how many. */
  int freeTheSettled(Instant now, Duration settle) {
    List<Place<C>> settled = where(p -> p.isSettling() && !now.isBefore(p.since().plus(settle)));
    settled.forEach(place -> free(place, now));
    return settled.size();
  }

  /** When the next place will have settled; {@link Instant#MAX} if none is settling. */
  Instant nextSettled(Duration settle) {
    return taken.stream()
        .filter(Place::isSettling)
        .map(p -> p.since().plus(settle))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  List<Place<C>> where(Predicate<Place<C>> wanted) {
    return taken.stream().filter(wanted).toList();
  }

  List<Place<C>> all() {
    return List.copyOf(taken);
  }

  /** The warmest idle connection of an account: it is the least likely to have been timed out. */
  @Nullable Place<C> lastParked(Account account) {
    return taken.stream()
        .filter(p -> p.state() == PlaceState.IDLE && p.account().equals(account))
        .max(Places::byAge)
        .orElse(null);
  }

  /** The longest idle connection among those that qualify. */
  @Nullable Place<C> longestIdle(Predicate<Place<C>> qualifies) {
    return taken.stream()
        .filter(p -> p.state() == PlaceState.IDLE)
        .filter(qualifies)
        .min(Places::byAge)
        .orElse(null);
  }

  // Not Comparator.comparing: its lambdas are made anew at each start of a program.
  private static int byAge(Place<?> one, Place<?> other) {
    return one.since().compareTo(other.since());
  }

  /** The least that the server has: a success with so many says that it allows so many. */
  Held open(Account account) {
    return held(account, Place::isOpen);
  }

  /** The most that the server may count: a refusal says that it allows no more. */
  Held mayCount(Account account) {
    return held(account, Place::mayCount);
  }

  private Held held(Account account, Predicate<Place<C>> counted) {
    int all = 0;
    int own = 0;
    boolean isProof = false;
    for (Place<C> place : taken) {
      isProof |= place.isOpen();
      if (counted.test(place)) {
        all++;
        own += place.account().equals(account) ? 1 : 0;
      }
    }
    return new Held(all, own, isProof, List.of());
  }

  // A loop, not streams: it is asked behind each file.
  Occupancy occupancy(Predicate<Place<C>> counted, int waiting) {
    int opening = 0;
    int open = 0;
    int leaving = 0;
    int settling = 0;
    for (Place<C> place : taken) {
      if (counted.test(place)) {
        switch (place.state()) {
          case OPENING -> opening++;
          case LEASED, IDLE -> open++;
          case LEAVING -> leaving++;
          case SETTLING, REFUSED -> settling++;
          case FREE -> {}
        }
      }
    }
    return new Occupancy(opening, open, leaving, settling, waiting);
  }
}
