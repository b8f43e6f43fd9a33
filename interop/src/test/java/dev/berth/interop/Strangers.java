package dev.berth.interop;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.client.TlsUse;
import dev.berth.gateway.ClientSettings;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.Logins;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.limits.LimitSettings;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Round after round of clients of two accounts before one gateway with one connection or two: none
 * may see or change anything of the account that it is not logged in as.
 */
final class Strangers {
  private static final int BOUND_SECONDS = 300;

  private final TwoHomes homes;
  private final int steps;
  private final Random random;
  private long served; // bytes

  private Strangers(TwoHomes homes, int steps, Random random) {
    this.homes = homes;
    this.steps = steps;
    this.random = random;
  }

  /** How long it all is. */
  record Length(int rounds, int steps) {}

  /**
   * Plays them, with each kind of gateway in turn.
   *
   * @param length how many rounds of each kind, and how many steps of each client in a round
   * @throws AssertionError at the first thing that was another one's, with what its client has done
   */
  static void play(TwoHomes homes, Length length, Random random) throws Exception {
    Strangers strangers = new Strangers(homes, length.steps(), random);
    for (int limit = 1; limit <= 2; limit++) {
      strangers.play(new Logins.PassThrough(), limit, length.rounds());
      strangers.play(mapped(), limit, length.rounds());
    }
    System.out.println(
        "strangers on "
            + homes
            + ", 4 x "
            + length.rounds()
            + " rounds, bytes read: "
            + strangers.served);
    if (strangers.served == 0) {
      throw new AssertionError("nobody was ever served");
    }
  }

  /** The gateway's own users, of the same names: what clients send goes to nobody. */
  private static Logins mapped() {
    return new Logins.Mapped(
        Arrays.stream(Owner.values())
            .map(it ->
                new Logins.OwnUser(
                    it.user(),
                    new Logins.Hash(it.password()),
                    new Login(it.user(), new Secret(it.password()))))
            .toList());
  }

  private void play(Logins logins, int limit, int rounds) throws Exception {
    try (OurGateway gateway =
        OurGateway.startUnguarded(settings(homes.address(), logins, limit), String::equals)) {
      for (int round = 0; round < rounds; round++) {
        long seed = random.nextLong();
        try {
          play(gateway.address(), new Random(seed));
          homes.requireApart();
        } catch (AssertionError | ExecutionException e) {
          throw new AssertionError(
              "on " + homes + ", " + logins + ", limit " + limit + ", seed of the round " + seed,
              e);
        }
      }
    }
  }

  private static GatewaySettings settings(InetSocketAddress server, Logins logins, int limit) {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            server.getPort(),
            TlsUse.OFF,
            Tls.of(Trust.any(), "127.0.0.1"),
            Source.any(),
            Duration.ofSeconds(30));
    UpstreamSettings upstream =
        UpstreamSettings.usual("acme", connect, LimitSettings.standard().withConfigured(limit))
            .with(new ClientSettings(logins, ClientSettings.Site.REFUSE));
    return new GatewaySettings(
        List.of(upstream),
        new GatewaySettings.Usual.Upstream("acme"),
        GatewaySettings.TRANSFER_WAIT,
        GatewaySettings.COMMAND_WAIT,
        GatewaySettings.LOGIN_MEMORY);
  }

  /** One after the other, or all at once. */
  private void play(InetSocketAddress gateway, Random dice) throws Exception {
    homes.set();
    List<Stranger> all = new ArrayList<>();
    try {
      for (Owner owner : List.of(Owner.ANN, Owner.BOB, Owner.ANN)) {
        all.add(new Stranger(gateway, owner, new Random(dice.nextLong())));
      }
      for (Stranger stranger : all) {
        stranger.begin();
      }
      if (dice.nextBoolean()) {
        for (int step = 0; step < steps * all.size(); step++) {
          all.get(dice.nextInt(all.size())).act();
        }
      } else {
        actAtOnce(all);
      }
      all.forEach(it -> served += it.served());
    } finally {
      for (Stranger stranger : all) {
        stranger.close();
      }
    }
  }

  private void actAtOnce(List<Stranger> all) throws Exception {
    List<CompletableFuture<Void>> acting = new ArrayList<>();
    for (Stranger stranger : all) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> complete(done, stranger));
      acting.add(done);
    }
    CompletableFuture.allOf(acting.toArray(CompletableFuture[]::new))
        .get(BOUND_SECONDS, TimeUnit.SECONDS);
  }

  private void complete(CompletableFuture<Void> done, Stranger stranger) {
    try {
      for (int step = 0; step < steps; step++) {
        stranger.act();
      }
      done.complete(null);
    } catch (IOException | RuntimeException | AssertionError e) {
      done.completeExceptionally(e);
    }
  }
}
