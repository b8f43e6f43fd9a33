package dev.berth.daemon;

import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.PasswordCheck;
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

  private final Served.Upstreams started;
  private final Gateway gateway;

  private GatewayService(Served.Upstreams started, Gateway gateway) {
    this.started = started;
    this.gateway = gateway;
  }

  static GatewayService open(Served.Upstreams upstreams) throws IOException {
    PasswordCheck passwords = BoundedPasswordCheck.ofThisMachine()::matches;
    return new GatewayService(
        upstreams, Gateway.open(upstreams.settings(), upstreams.terms(), passwords));
  }

  Gateway gateway() {
    return gateway;
  }

  @Override
  public Backend backend() {
    return gateway;
  }

  /**
   * The connections there are belong to what was set at the start: all of it needs a new one, but
   * for the gateway's own users.
   */
  @Override
  public List<String> reload(Served now) {
    GatewaySettings settings = ((Served.Upstreams) now).settings();
    GatewaySettings before = started.settings();
    List<String> unheard = new ArrayList<>();
    gateway.replaceUsers(settings);
    if (!settings.hasUpstreamsOf(before)) {
      unheard.add("upstream");
    }
    if (!settings.transferWait().equals(before.transferWait())) {
      unheard.add("transfer-wait");
    }
    if (!settings.commandWait().equals(before.commandWait())) {
      unheard.add("command-wait");
    }
    if (!settings.loginMemory().equals(before.loginMemory())) {
      unheard.add("login-memory");
    }
    if (!((Served.Upstreams) now).admin().equals(started.admin())) {
      unheard.add("admin");
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
