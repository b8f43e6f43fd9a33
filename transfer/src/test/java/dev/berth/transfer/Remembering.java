package dev.berth.transfer;

import dev.berth.wire.RemotePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal that remembers what a test tells it of an earlier job. */
final class Remembering implements Journal {
  static final String OWN = "00000000000a";
  static final String DEAD = "00000000000d";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private Claim answer = new Claim.Free();
  private Optional<Mark> mark = Optional.empty();

  /** The next claims find that an earlier job has left something. */
  Remembering left(String temporary, boolean isSameSource) {
    answer = new Claim.Left(temporary, isSameSource);
    return this;
  }

  /** What it was told, in words. */
  List<String> told() {
    return new ArrayList<>(told);
  }

  /** How the file that was claimed last is to be recognised. */
  Mark mark() {
    return mark.orElseThrow();
  }

  @Override
  public String token() {
    return OWN;
  }

  @Override
  public Claim claim(Way way, Mark proposed) {
    told.add("claim " + way.direction() + " " + way.remote());
    mark = Optional.of(proposed);
    Claim claim = answer;
    answer = new Claim.Free();
    return claim;
  }

  @Override
  public void done(Way way) {
    told.add("done " + way.remote());
  }

  @Override
  public void storesIn(RemotePath folder, Reach reach) {
    told.add("stores in " + folder + " " + reach);
  }

  @Override
  public boolean mayHoldLeftovers(RemotePath folder) {
    return true;
  }

  @Override
  public void swept(RemotePath folder, Reach reach) {
    told.add("swept " + folder + " " + reach);
  }

  @Override
  public boolean abandon(RemotePath temporary) {
    return TemporaryName.token(temporary.name()).equals(Optional.of(DEAD));
  }
}
