package dev.berth.pool;

import dev.berth.dialects.Refusal;
import dev.berth.limits.LimitLearned;

/** Hears what a pool meets, from any thread, with no lock held. Must be quick. */
public interface PoolListener {
  /** The server turned a connection away. */
  void refused(Refusal refusal);

  /** A limit was found, confirmed or given up. */
  void learned(LimitLearned news);
}
