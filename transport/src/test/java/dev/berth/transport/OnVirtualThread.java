package dev.berth.transport;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs each test on a virtual thread: sockets take other ways there, and programs use them. */
final class OnVirtualThread implements InvocationInterceptor {
  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    run(invocation);
  }

  private static void run(Invocation<Void> invocation) throws Throwable {
    var thrown = new AtomicReference<Throwable>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            invocation.proceed();
          } catch (Throwable t) {
            thrown.set(t);
          }
        })
        .join();
    if (thrown.get() != null) {
      throw thrown.get();
    }
  }
}
