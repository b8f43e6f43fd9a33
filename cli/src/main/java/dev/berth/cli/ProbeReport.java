package dev.berth.cli;

import dev.berth.pool.ServerProfile;
import java.util.List;

/**
 * What a probe found out.
 *
 * @param changes how it differs from what the probe before found out; empty where there was none
 */
record ProbeReport(Server server, ServerProfile profile, List<Change> changes) {
  ProbeReport {
    changes = List.copyOf(changes);
  }

  /**
   * One answer that is another than before.
   *
   * @param key of the fact, or {@code limit}
   * @param before what it was then; {@code yes}, {@code no}, or a value
   * @param now what it is
   */
  record Change(String key, String before, String now) {}
}
