package dev.berth.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * JUnit extension for tests on real servers: {@code @ExtendWith(PeersOrSkip.class)}. A test that
 * meets {@link PeerMissing} is skipped on a machine that lacks the server. In CI (environment
 * variable {@code CI=true}) it fails: no proof is optional there.
 */
public final class PeersOrSkip
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    skipOrFail(failure, "true".equals(System.getenv("CI")));
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    skipOrFail(failure, "true".equals(System.getenv("CI")));
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    skipOrFail(failure, "true".equals(System.getenv("CI")));
  }

  static void skipOrFail(Throwable failure, boolean isCi) throws Throwable {
    if (failure instanceof PeerMissing && !isCi) {
      throw new TestAbortedException(failure.getMessage(), failure);
    }
    throw failure;
  }
}
