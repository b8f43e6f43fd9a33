package dev.berth.daemon;

import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySettings;
import dev.berth.lifetime.Deadline;
import dev.berth.session.Backend;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Other servers: what {@code berth gateway} serves. See {@link Service}. */
final class GatewayService implements Service {
  private static final Duration SELDOM = Duration.ofDays(1);

  private final GatewaySettings started;
  private final Gateway gateway;

  private GatewayService(GatewaySettings started, Gateway gateway) {
    this.started = started;
    this.gateway = gateway;
  }

  static GatewayService open(Served.Upstreams upstreams) throws IOException {
    return new GatewayService(
        upstreams.settings(), Gateway.open(upstreams.settings(), upstreams.terms()));
  }

  @Override
  public Backend backend() {
    return gateway;
  }

  /** The connections there are belong to what was set at the start: all of it needs a new one. */
  @Override
  public List<String> reload(Served now) {
    GatewaySettings settings = ((Served.Upstreams) now).settings();
    List<String> unheard = new ArrayList<>();
    if (!settings.upstreams().equals(started.upstreams())
        || !settings.usual().equals(started.usual())) {
      unheard.add("upstream");
    }
    if (!settings.transferWait().equals(started.transferWait())) {
      unheard.add("transfer-wait");
    }
    if (!settings.commandWait().equals(started.commandWait())) {
      unheard.add("command-wait");
    }
    if (!settings.loginMemory().equals(started.loginMemory())) {
      unheard.add("login-memory");
    }
    return unheard;
  }

  @Override
  public void drain(Deadline deadline) throws InterruptedException {
    gateway.drain(deadline);
  }

  /** Nothing: its pools look after themselves. */
  @Override
  public Instant maintain(Instant now) {
    return now.plus(SELDOM);
  }

  @Override
  public void close() throws IOException {
    gateway.close();
  }
}
