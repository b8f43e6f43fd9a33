package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  @Test
  void theExampleReadsARefusalAndItsNumber() {
    Reply reply = Reply.of(421, "Too many connections (8) from this IP");
    Optional<Refusal> refusal =
        new RefusalReader().read(Observation.of(Phase.GREETING, reply, true));
    String advice = Advice.of(refusal.orElseThrow()).sentence();

    assertThat(refusal)
        .contains(
            new Refusal.Limit(
                Refusal.Scope.ADDRESS,
                new Stated.Figure(8),
                "Too many connections (8) from this IP"));
    assertThat(advice).contains("wait");
  }
}
