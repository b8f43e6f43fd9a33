package dev.berth.testkit;

/**
 * Thrown when a real server cannot be started on this machine: it is not installed, or it needs
 * root. {@link PeersOrSkip} makes a skipped test of it, but a failed one where {@code CI=true}.
 */
public final class PeerMissing extends RuntimeException {
  PeerMissing(PeerKind kind, String why) {
    super(kind + " cannot be started here: " + why + "; run testkit/install-peers as root");
  }
}
