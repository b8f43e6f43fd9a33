package dev.berth.testkit;

/**
 * Thrown when a real server, or another program that a test needs, cannot be started on this
 * machine: it is not installed, or it needs root. {@link PeersOrSkip} makes a skipped test of it,
 * but a failed one where {@code CI=true}.
 */
public final class PeerMissing extends RuntimeException {
  /**
   * Something other than a server is missing.
   *
   * @param what for people: {@code git}
   */
  public PeerMissing(String what) {
    super(what + " is not here");
  }

  PeerMissing(PeerKind kind, String why) {
    super(kind + " cannot be started here: " + why + "; run testkit/install-peers as root");
  }
}
