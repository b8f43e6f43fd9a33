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

  Place<C> add(Ticket holder, Instant now) {
    Place<C> place = new Place<>(holder, now);
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
    List<Place<C>> settled =
        where(p -> p.state() == PlaceState.SETTLING && !now.isBefore(p.since().plus(settle)));
    settled.forEach(place -> free(place, now));
    return settled.size();
  }

  /** When the next place will have settled; {@link Instant#MAX} if none is settling. */
  Instant nextSettled(Duration settle) {
    return taken.stream()
        .filter(p -> p.state() == PlaceState.SETTLING)
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

  /** What the server counts as working, or may count still. */
  Held held(Account account) {
    return held(account, Place::isHeld);
  }

  /** What works for certain: a server may count a connection no more before it answers QUIT. */
  Held working(Account account) {
    return held(account, place -> place.isHeld() && place.state() != PlaceState.LEAVING);
  }

  private Held held(Account account, Predicate<Place<C>> counted) {
    int all = 0;
    int own = 0;
    for (Place<C> place : taken) {
      if (counted.test(place)) {
        all++;
        own += place.account().equals(account) ? 1 : 0;
      }
    }
    return new Held(all, own);
  }

  Occupancy occupancy(Predicate<Place<C>> counted, int waiting) {
    return new Occupancy(
        count(PlaceState.OPENING, counted),
        count(PlaceState.LEASED, counted) + count(PlaceState.IDLE, counted),
        count(PlaceState.LEAVING, counted),
        count(PlaceState.SETTLING, counted),
        waiting);
  }

  int count(PlaceState state, Predicate<Place<C>> counted) {
    return (int) taken.stream().filter(p -> p.state() == state && counted.test(p)).count();
  }
}
