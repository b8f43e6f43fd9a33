package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaceStateTest {
  private static final Ticket TICKET =
      new Ticket(1, Wish.of(Account.ANONYMOUS, "test"), Instant.EPOCH);

  @ParameterizedTest
  @EnumSource
  void everyMoveIsAllowedByTheTableOrThrowsAndChangesNothing(PlaceState from) {
    for (PlaceState to : PlaceState.values()) {
      Place<String> place = reached(from);
      if (from.next().contains(to)) {
        place.move(to, Instant.EPOCH);
        assertThat(place.state()).isEqualTo(to);
      } else {
        assertThatThrownBy(() -> place.move(to, Instant.EPOCH))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(from.name())
            .hasMessageContaining(to.name());
        assertThat(place.state()).isEqualTo(from);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyStateLeadsToFree(PlaceState from) {
    assertThat(paths(from)).containsKey(PlaceState.FREE);
  }

  @Test
  void whatNeverWorkedCountsNotAndWhatIsClosedMay() {
    assertThat(reached(PlaceState.REFUSED).mayCount()).isFalse();
    assertThat(reached(PlaceState.SETTLING).mayCount()).isTrue();
    assertThat(reached(PlaceState.SETTLING).isOpen()).isFalse();
    assertThat(reached(PlaceState.IDLE).isOpen()).isTrue();
  }

  private static Place<String> reached(PlaceState target) {
    Place<String> place = new Place<>(TICKET, Instant.EPOCH, Held.NONE);
    for (PlaceState step : paths(PlaceState.OPENING).getOrDefault(target, List.of())) {
      place.move(step, Instant.EPOCH);
    }
    assertThat(place.state()).isEqualTo(target);
    return place;
  }

  private static Map<PlaceState, List<PlaceState>> paths(PlaceState start) {
    Map<PlaceState, List<PlaceState>> paths = new EnumMap<>(PlaceState.class);
    paths.put(start, List.of());
    Deque<PlaceState> rest = new ArrayDeque<>(List.of(start));
    while (!rest.isEmpty()) {
      PlaceState state = rest.remove();
      for (PlaceState next : state.next()) {
        if (!paths.containsKey(next)) {
          List<PlaceState> path = new ArrayList<>(paths.get(state));
          path.add(next);
          paths.put(next, path);
          rest.add(next);
        }
      }
    }
    return paths;
  }
}
