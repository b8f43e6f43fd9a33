package dev.berth.session;

import dev.berth.admission.Slot;
import dev.berth.transport.AcceptedControl;
import java.net.InetAddress;

/** Where those who have a slot come in: begins their sessions. Any thread. */
record Entrance(Service service, Sessions sessions, ListenerSettings listener) {
  /** A session has a thread of its own: whoever stood aside is not aside any more. */
  void begin(AcceptedControl control, InetAddress client, Slot slot, Greeted greeted) {
    Session session = new Session(service, listener, control, client, slot, greeted);
    sessions.add(session); // Before its thread runs: who drains must not take it for none.
    try {
      service.scope().fork("session-" + slot.number(), () -> lead(session));
    } catch (RuntimeException e) {
      sessions.remove(session);
      slot.close();
      throw e;
    }
  }

  private void lead(Session session) throws InterruptedException {
    try {
      session.run();
    } finally {
      sessions.remove(session);
    }
  }
}
