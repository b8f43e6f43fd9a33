package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  private final Set<String> ran = new ConcurrentSkipListSet<>();

  private record Half(Set<String> ran) {
    void run() {
      ran.add(Thread.currentThread().getName());
    }
  }

  @Test
  void theExampleEndsWithBothThreads() throws Exception {
    Half reader = new Half(ran);
    Half writer = new Half(ran);
    try (var scope = new Scope("copy", Duration.ofSeconds(5))) {
      scope.fork("copy/reader", reader::run);
      scope.fork("copy/writer", writer::run);
      scope.join(Deadline.after(Duration.ofMinutes(1)));
    }

    assertThat(ran).containsExactly("copy/reader", "copy/writer");
  }
}
