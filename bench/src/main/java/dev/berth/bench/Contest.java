package dev.berth.bench;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All clients in turn on one errand: a warm-up each, then round after round. Before each run the
 * target is emptied and the server has ended the sessions of the run before; behind each the files
 * are compared with their source.
 */
final class Contest {
  private static final Duration AT_REST_WITHIN = Duration.ofSeconds(30);

  private final Errand errand;
  private final List<Client> clients;
  private final PrintStream notes;

  Contest(Errand errand, List<Client> clients, PrintStream notes) {
    this.errand = errand;
    this.clients = clients.stream().filter(client -> client.suits(errand)).toList();
    this.notes = notes;
  }

  /**
   * Runs it.
   *
   * @throws IOException when a client cannot be run at all
   */
  Map<String, Samples> run(int rounds) throws IOException {
    Map<String, Samples> results = new LinkedHashMap<>();
    clients.forEach(client -> results.put(client.name(), new Samples()));
    for (int round = 0; round <= rounds; round++) {
      for (Client client : clients) {
        Samples samples = results.get(client.name());
        if (samples != null) {
          runOnce(client, round, samples);
        }
      }
    }
    return results;
  }

  private void runOnce(Client client, int round, Samples samples) throws IOException {
    Path target = emptyTarget();
    Await.until(AT_REST_WITHIN, "sessions of the last run over", errand.peer()::isAtRest);
    Path scratch = Files.createDirectories(errand.scratch().resolve("run"));
    warmMemory(scratch);
    Processes.Ended ended;
    try {
      ended = Processes.timed(client.command(errand), scratch);
    } catch (IOException e) {
      samples.fault("round " + round + ": " + e.getMessage());
      return;
    }
    // Content is compared in the warm-up, number and sizes always.
    String fault = fault(target, ended, round == 0);
    if (!fault.isEmpty()) {
      samples.fault((round == 0 ? "warm-up: " : "round " + round + ": ") + fault);
      notes.printf("%s: %s%n%s%n", client.name(), fault, ended.errors().strip());
    } else if (round > 0) {
      samples.add(ended.wallSeconds(), ended.cpuSeconds());
    }
    notes.printf("  %s %d: %.3f s%n", client.name(), round, ended.wallSeconds());
  }

  private String fault(Path target, Processes.Ended ended, boolean byContent) throws IOException {
    Path source = errand.isDown() ? onServer() : errand.local();
    for (String file : errand.files()) {
      Path copy = target.resolve(file);
      if (!Files.exists(copy) || Files.size(copy) != Files.size(source.resolve(file))) {
        return "exit " + ended.exit() + ", not whole: " + file;
      }
    }
    if (byContent) {
      List<String> differences = FileTree.differences(source, target);
      if (!differences.isEmpty()) {
        return "exit " + ended.exit() + ", " + differences.getFirst();
      }
    }
    return ended.exit() == 0 ? "" : "whole, but exit " + ended.exit();
  }

  /** As much as the files will take. */
  private void warmMemory(Path scratch) throws IOException {
    Path source = errand.isDown() ? onServer() : errand.local();
    long bytes = 0;
    for (String name : errand.files()) {
      bytes += Files.size(source.resolve(name));
    }
    WarmMemory.take(scratch, bytes);
  }

  private Path onServer() {
    return errand.peer().root().resolve(errand.remote().substring(1));
  }

  private Path emptyTarget() throws IOException {
    Path target = errand.isDown() ? errand.local() : onServer();
    remove(target);
    Files.createDirectories(target);
    if (!errand.isDown()) {
      errand.peer().own();
    }
    return target;
  }

  /** Removes a tree, if there is one. */
  static void remove(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
