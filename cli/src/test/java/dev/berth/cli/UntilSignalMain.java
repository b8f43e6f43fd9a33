package dev.berth.cli;

import dev.berth.testkit.Await;
import java.io.IOException;
import java.time.Duration;

/** A server that cannot be closed, as a process of its own. */
public final class UntilSignalMain {
  private UntilSignalMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread main = Thread.currentThread();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          Await.until(
              Duration.ofSeconds(10), "it waits", () -> main.getState() == Thread.State.WAITING);
          System.err.println("listening");
        });
    UntilSignal.await(() -> {
      throw new IOException("stuck");
    });
  }
}
