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
 * @param stateFolder where a gateway leaves a note for operators; none or one
 * @param admin where operators ask a gateway how it is; none or one
 */
public record ServeTerms(
    List<Duration> drain,
    List<Path> pidFile,
    Level logLevel,
    List<Path> stateFolder,
    List<Admin> admin) {
  public ServeTerms {
    drain = List.copyOf(drain);
    pidFile = List.copyOf(pidFile);
    stateFolder = List.copyOf(stateFolder);
    admin = List.copyOf(admin);
  }

  /** Nothing said. */
  public static ServeTerms usual() {
    return new ServeTerms(List.of(), List.of(), Level.INFO, List.of(), List.of());
  }

  /** The same, with a folder for notes. */
  public ServeTerms keepingStateIn(Path folder) {
    return new ServeTerms(drain, pidFile, logLevel, List.of(folder), admin);
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
