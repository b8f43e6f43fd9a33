package dev.berth.transfer;

import dev.berth.wire.RemotePath;

/** The journal of who keeps none. It has no state but its token, so any thread may call it. */
final class MemoryJournal implements Journal {
  private final String token = TemporaryName.newToken();

  @Override
  public String token() {
    return token;
  }

  @Override
  public Claim claim(Way way, Mark mark) {
    return new Claim.Unnoted();
  }

  @Override
  public void done(Way way) {}

  @Override
  public void storesIn(RemotePath folder, Reach reach) {}

  @Override
  public boolean mayHoldLeftovers(RemotePath folder) {
    return false;
  }

  @Override
  public void swept(RemotePath folder, Reach reach) {}

  @Override
  public boolean abandon(RemotePath temporary) {
    return false;
  }
}
