package dev.berth.testkit;

import java.io.IOException;
import java.util.Map;

/** Starts real servers on loopback. Any number may run side by side. */
public final class Peers {
  private static final Map<PeerKind, Launcher> LAUNCHERS =
      Map.of(
          PeerKind.VSFTPD, new VsftpdLauncher(),
          PeerKind.PROFTPD, new ProftpdLauncher(),
          PeerKind.PURE_FTPD, new PureFtpdLauncher(),
          PeerKind.PYFTPDLIB, new PyftpdlibLauncher(),
          PeerKind.APACHE, new ApacheLauncher());

  private Peers() {}

  /**
   * Checks that a server can be started on this machine.
   *
   * @throws PeerMissing when it cannot
   */
  public static void require(PeerKind kind) {
    launcher(kind).require();
  }

  /**
   * Starts a server; returns when it has answered 220 and no longer counts the connection that
   * asked.
   *
   * @throws PeerMissing when it cannot run on this machine
   * @throws IllegalArgumentException when it cannot do what the settings want
   * @throws IOException when it does not start; the message holds what it printed
   */
  public static Peer start(PeerKind kind, PeerSettings settings) throws IOException {
    Launcher launcher = launcher(kind);
    launcher.require();
    return Peer.start(launcher, settings);
  }

  private static Launcher launcher(PeerKind kind) {
    Launcher launcher = LAUNCHERS.get(kind);
    if (launcher == null) {
      throw new IllegalStateException("no launcher for " + kind);
    }
    return launcher;
  }
}
