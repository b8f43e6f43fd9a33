package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A proof is skipped only for the want of a server, and never where proofs are demanded. */
class PeersOrSkipTest {
  private static final PeerMissing MISSING = new PeerMissing(PeerKind.VSFTPD, "it is not there");

  @Test
  void aServerThatIsNotThereSkipsTheTestAndSaysWhy() {
    assertThatThrownBy(() -> PeersOrSkip.skipOrFail(MISSING, false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("it is not there");
  }

  @Test
  void inCiAServerThatIsNotThereFailsTheTest() {
    assertThatThrownBy(() -> PeersOrSkip.skipOrFail(MISSING, true)).isSameAs(MISSING);
  }

  @Test
  void aFailureStaysAFailure() {
    AssertionError failure = new AssertionError("wrong");

    assertThatThrownBy(() -> PeersOrSkip.skipOrFail(failure, false)).isSameAs(failure);
  }
}
