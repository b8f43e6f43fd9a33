package dev.berth.daemon;

import dev.berth.admission.Admission;
import dev.berth.admission.Attendance;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySnapshot;
import dev.berth.monitor.Watched;
import dev.berth.session.Front;

/**
 * A running gateway as operators see it. Any thread.
 *
 * @param reloading asks for a reload, and does not wait for it
 */
record WatchedGateway(Gateway gateway, Front front, Admission admission, Runnable reloading)
    implements Watched {
  @Override
  public GatewaySnapshot snapshot() {
    return gateway.snapshot();
  }

  @Override
  public Door door() {
    Attendance now = admission.attendance();
    return new Door(now.present().size(), now.waiting().size(), front.refused());
  }

  @Override
  public void pause(String upstream) {
    gateway.pause(upstream);
  }

  @Override
  public void resume(String upstream) {
    gateway.resume(upstream);
  }

  @Override
  public void reconnect(String upstream) {
    gateway.reconnect(upstream);
  }

  @Override
  public boolean end(long session) {
    return front.end(session, "the operator has asked for it");
  }

  @Override
  public void reload() {
    reloading.run();
  }
}
