package dev.berth.monitor;

import dev.berth.gateway.GatewaySnapshot;
import dev.berth.gateway.GatewaySnapshot.ClientState;
import dev.berth.gateway.GatewaySnapshot.Doing;
import dev.berth.gateway.GatewaySnapshot.Lending;
import dev.berth.gateway.GatewaySnapshot.PoolState;
import dev.berth.gateway.GatewaySnapshot.Totals;
import dev.berth.gateway.GatewaySnapshot.Turn;
import dev.berth.gateway.GatewaySnapshot.UpstreamState;
import dev.berth.gateway.GatewaySnapshot.Wish;
import dev.berth.limits.Evidence;
import dev.berth.limits.PlaceState;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A gateway that stands still, and notes what is asked of it. */
final class Scripted implements Watched {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:40Z");

  final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

  @Override
  public GatewaySnapshot snapshot() {
    Instant before = NOW.minusSeconds(40);
    InetAddress peer = InetAddress.ofLiteral("192.0.2.7");
    return new GatewaySnapshot(
        NOW,
        NOW.minus(Duration.ofHours(1)),
        List.of(
            new UpstreamState(
                "acme",
                "ftp.example.com:21",
                2,
                new Evidence(Evidence.Kind.COUNTED, before, "421 too many"),
                Map.of(PlaceState.LEASED, 1, PlaceState.SETTLING, 1),
                0,
                2,
                new Lending.OpensLater(NOW.plusSeconds(5), "refused twice"),
                new Totals(5, 2, 1, 70, Duration.ofMillis(1500), 3, 4, 1000, 2000, 6, 7)),
            new UpstreamState(
                "other",
                "[::1]:2121",
                8,
                new Evidence(Evidence.Kind.SEED, before, ""),
                Map.of(),
                3,
                0,
                new Lending.Paused(before),
                new Totals(0, 0, 0, 0, Duration.ZERO, 0, 0, 0, 0, 0, 0))),
        List.of(new PoolState("acme", "ann", Map.of(PlaceState.LEASED, 1), 2)),
        List.of(
            new ClientState(
                7, peer, "ann", "acme", before, new Doing.Leased(before, "RETR a\u001bb"), 0, 99),
            new ClientState(
                8,
                peer,
                "ann",
                "acme",
                before,
                new Doing.Waiting(before, "STOR \"x\"", 1, "all places are taken"),
                0,
                0)),
        List.of(
            new Turn(
                "acme",
                1,
                "ann",
                new Wish.Command(8, "STOR \"x\""),
                before,
                "all places are taken"),
            new Turn("acme", 2, "bob", new Wish.Login(), before, "all places are taken")));
  }

  @Override
  public Door door() {
    return new Door(3, 1, 12);
  }

  @Override
  public void pause(String upstream) {
    orders.add("pause " + upstream);
  }

  @Override
  public void resume(String upstream) {
    orders.add("resume " + upstream);
  }

  @Override
  public void reconnect(String upstream) {
    orders.add("reconnect " + upstream);
  }

  @Override
  public boolean end(long session) {
    orders.add("kill " + session);
    return session == 7;
  }

  @Override
  public void reload() {
    orders.add("reload");
  }
}
