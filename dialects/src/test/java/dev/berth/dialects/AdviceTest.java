package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Advice.Retry;
import dev.berth.dialects.Refusal.Limit;
import dev.berth.dialects.Refusal.Scope;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AdviceTest {
  private static final Stated NOTHING = new Stated.Nothing();

  @Test
  void givesEveryRefusalASentence() {
    assertThat(all())
        .allSatisfy(refusal -> {
          assertThat(Advice.of(refusal).sentence()).endsWith(".").hasSizeBetween(40, 160);
          assertThat(Advice.of(refusal).scope()).matches("[a-z/-]+");
        });
  }

  @Test
  void sendsNoPasswordAgainThatMayBeWrong() {
    assertThat(Advice.of(new Refusal.LoginFailure("")).retry()).isEqualTo(Retry.NO);
    assertThat(Advice.of(new Refusal.Unclear("")).retry()).isEqualTo(Retry.NO);
  }

  @Test
  void waitsForALimit() {
    assertThat(Stream.of(Scope.values()).map(scope -> new Limit(scope, NOTHING, "")))
        .allMatch(limit -> Advice.of(limit).retry() == Retry.LATER);
  }

  private static Stream<Refusal> all() {
    return Stream.of(
        new Limit(Scope.ADDRESS, NOTHING, ""),
        new Limit(Scope.ACCOUNT, NOTHING, ""),
        new Limit(Scope.SERVER, NOTHING, ""),
        new Refusal.Overload(""),
        new Refusal.LoginFailure(""),
        new Refusal.Denied(""),
        new Refusal.IdleTimeout(NOTHING, ""),
        new Refusal.TlsRequired(""),
        new Refusal.ShuttingDown(""),
        new Refusal.Quota(""),
        new Refusal.DataLimit(""),
        new Refusal.Unavailable(""),
        new Refusal.Silent(""),
        new Refusal.Unclear(""));
  }
}
