package dev.berth.junit;

import dev.berth.simulator.Simulator;

/** What several tests extend. */
abstract class WithServers {
  @FtpServer(as = "iis")
  static Simulator inheritedOfTheClass;

  @FtpServer(as = "apache")
  private Simulator inherited;

  Simulator inherited() {
    return inherited;
  }
}
