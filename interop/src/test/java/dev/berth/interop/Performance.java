package dev.berth.interop;

import dev.berth.interop.Step.Solo;
import dev.berth.interop.Step.Who;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two clients at one address, who take their steps. Confined to one thread. */
final class Performance implements AutoCloseable {
  private static final int BOUND_SECONDS = 40;

  private final Map<Who, Player> players = new EnumMap<>(Who.class);

  Performance(InetSocketAddress server) throws IOException {
    try {
      for (Who who : Who.values()) {
        players.put(who, new Player(server));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  Player player(Who who) {
    Player player = players.get(who);
    if (player == null) {
      throw new IllegalStateException("closed");
    }
    return player;
  }

  /** Takes a step; what its parts came to, in their order. */
  List<Outcome> take(Step step) throws Exception {
    List<Solo> parts = step.parts();
    if (parts.size() == 1) {
      return List.of(act(parts.getFirst()));
    }
    List<CompletableFuture<Outcome>> acting = new ArrayList<>();
    for (Solo part : parts) {
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> complete(outcome, part));
      acting.add(outcome);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (CompletableFuture<Outcome> outcome : acting) {
      outcomes.add(await(outcome, step));
    }
    return outcomes;
  }

  private void complete(CompletableFuture<Outcome> outcome, Solo part) {
    try {
      outcome.complete(act(part));
    } catch (IOException | RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private static Outcome await(CompletableFuture<Outcome> outcome, Step step) throws Exception {
    try {
      return outcome.get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("never ended: " + step, e);
    }
  }

  private Outcome act(Solo part) throws IOException {
    return player(part.who()).act(part.act());
  }

  @Override
  public void close() throws IOException {
    for (Player player : players.values()) {
      player.close();
    }
  }
}
