package dev.berth.daemon;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server as a process of its own, which tells everything. */
public final class ServeMain {
  private ServeMain() {}

  public static void main(String[] arguments) throws Exception {
    Daemon.serve(
        new ServeRequest.FromFile(Path.of(arguments[0])),
        new ServeTerms(List.of(), List.of(), Level.DEBUG, List.of(), List.of()),
        System.err,
        Map.of());
  }
}
