package dev.berth.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd how the server is (sd_notify(3)). The JDK has no datagram sockets of the Unix
 * domain, so the program {@code systemd-notify} says it; the unit needs {@code NotifyAccess=all}.
 */
final class Supervisor {
  private static final Logger LOG = System.getLogger(Supervisor.class.getName());
  private static final int WITHIN_SECONDS = 10;

  private final boolean isListening;

  private Supervisor(boolean isListening) {
    this.isListening = isListening;
  }

  /**
   * Whoever has started this process.
   *
   * @param environment of the process: {@code NOTIFY_SOCKET} tells that somebody listens
   */
  static Supervisor of(Map<String, String> environment) {
    return new Supervisor(!environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty());
  }

  void isReady(String status) throws InterruptedException {
    tell("--ready", "--status=" + status);
  }

  void isEnding(String status) throws InterruptedException {
    tell("STOPPING=1", "STATUS=" + status);
  }

  private void tell(String... words) throws InterruptedException {
    if (!isListening) {
      return;
    }
    List<String> command = new java.util.ArrayList<>(List.of("systemd-notify"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .inheritIO()
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        LOG.log(Level.WARNING, "event=notify-failed reason=\"systemd-notify takes too long\"");
      } else if (process.exitValue() != 0) {
        LOG.log(Level.WARNING, "event=notify-failed status=" + process.exitValue());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=notify-failed", e);
    }
  }
}
