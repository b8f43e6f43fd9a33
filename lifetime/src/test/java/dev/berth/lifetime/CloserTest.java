package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesInReverseOrderAndOnlyOnce() throws IOException {
    var closer = new Closer();
    closer.register(() -> closed.add("socket"));
    closer.register(() -> closed.add("stream"));
    closer.close();
    closer.close();
    assertThat(closed).containsExactly("stream", "socket");
  }

  @Test
  void everyStepRunsAndTheFirstFailureCarriesTheRest() {
    var closer = new Closer();
    var last = new IllegalStateException("last");
    var first = new IOException("first");
    closer.register(() -> {
      throw last;
    });
    closer.register(() -> closed.add("between"));
    closer.register(() -> {
      throw first;
    });
    assertThatThrownBy(closer::close).isSameAs(first).hasSuppressedException(last);
    assertThat(closed).containsExactly("between");
  }

  @Test
  void whatComesAfterTheCloseIsClosedAndRefused() throws IOException {
    var closer = new Closer();
    closer.close();
    assertThatThrownBy(() -> closer.register(() -> closed.add("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("late");
  }
}
