package dev.berth.daemon;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is said on the command line besides {@link ServeRequest}; it goes before the file.
 *
 * @param drain how long transfers may go on at the end; none or one
 * @param pidFile where the number of the process is written; none or one
 * @param logLevel what is logged: this and what is more severe
 */
public record ServeTerms(List<Duration> drain, List<Path> pidFile, Level logLevel) {
  public ServeTerms {
    drain = List.copyOf(drain);
    pidFile = List.copyOf(pidFile);
  }

  /** Nothing said. */
  public static ServeTerms usual() {
    return new ServeTerms(List.of(), List.of(), Level.INFO);
  }

  Reception over(Reception reception) {
    return new Reception(
        reception.listeners(),
        reception.tls(),
        reception.front(),
        reception.rules(),
        reception.guard(),
        drain.isEmpty() ? reception.drain() : drain.getFirst(),
        pidFile.isEmpty() ? reception.pidFile() : new PidFile.At(pidFile.getFirst()));
  }
}
