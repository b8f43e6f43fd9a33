package dev.berth.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds claims against the rules and the counts. Guarded by the lock of its admission. */
final class Judge {
  private final Rules rules;
  private final Counts counts;

  Judge(Rules rules, Counts counts) {
    this.rules = rules;
    this.counts = counts;
  }

  /** A slot and what it did when it was looked at: sessions go on meanwhile. */
  private record Idler(Slot slot, Activity.Idle idle) {
    static Optional<Idler> of(Slot slot) {
      return slot.activity() instanceof Activity.Idle idle
          ? Optional.of(new Idler(slot, idle))
          : Optional.empty();
    }
  }

  /** What a claim would run into, now; a session that gives way for it has been chosen. */
  Decision decide(Claim<?> claim, Instant now) {
    List<Decision.Blocked> blocks = blocks(claim);
    if (blocks.isEmpty()) {
      return new Decision.Fits();
    }
    if (claim.move() == Claim.Move.ARRIVE) {
      blocks.removeIf(this::bearsOneMore);
      if (blocks.isEmpty()) {
        return new Decision.FitsProvisionally();
      }
    }
    if (claim.move() == Claim.Move.LOG_IN) {
      Optional<Slot> victim = victim(claim, blocks, now);
      if (victim.isPresent()) {
        return new Decision.FitsAfter(victim.get());
      }
    }
    return blocks.stream()
        .filter(block -> !(block.limit().policy() instanceof Policy.Queue))
        .findFirst()
        .orElse(blocks.getFirst());
  }

  private List<Decision.Blocked> blocks(Claim<?> claim) {
    List<Key> keys = new ArrayList<>(claim.keys());
    if (claim.move() == Claim.Move.LOG_IN && claim.slot().footing() == Footing.PROVISIONAL) {
      keys.add(Claim.prefixKey(claim.slot()));
    }
    List<Decision.Blocked> blocks = new ArrayList<>();
    for (Key key : keys) {
      Limit limit = limit(key, claim.slot());
      if (limit != null && counts.inUse(key) >= limit.most()) {
        blocks.add(new Decision.Blocked(key, limit));
      }
    }
    return blocks;
  }

  private boolean bearsOneMore(Decision.Blocked block) {
    return block.limit().policy() instanceof Policy.ReplaceIdle policy
        && counts.of(block.key()).provisional().size() < policy.mostProvisional();
  }

  /**
   * The session of the same prefix and account that has been idle for longest, told to leave: it
   * stands in every count that is full, so that its place is free in all of them. At most as many
   * are told and not gone yet as the limit has places.
   */
  private Optional<Slot> victim(Claim<?> claim, List<Decision.Blocked> blocks, Instant now) {
    Duration idleFor = Duration.ZERO;
    boolean mayReplace = false;
    for (Decision.Blocked block : blocks) {
      if (block.limit().policy() instanceof Policy.ReplaceIdle policy) {
        mayReplace = true;
        idleFor = policy.idleFor().compareTo(idleFor) > 0 ? policy.idleFor() : idleFor;
      }
    }
    if (!mayReplace || claim.slot().isExempt() || !blocks.stream().allMatch(this::mayOwe)) {
      return Optional.empty();
    }
    Instant idleSince = now.minus(idleFor);
    Key pair = claim.keys().getFirst();
    return counts.of(pair).standing().stream()
        .flatMap(slot -> Idler.of(slot).stream())
        .filter(idler -> !idler.idle().since().isAfter(idleSince))
        .sorted(Comparator.comparing(idler -> idler.idle().since()))
        .filter(idler -> idler.slot().chooseToLeave(idler.idle(), now, reason(claim.slot())))
        .map(Idler::slot)
        .findFirst();
  }

  private boolean mayOwe(Decision.Blocked block) {
    int most = block.limit().most();
    return counts.inUse(block.key()) <= most && counts.of(block.key()).leaving().size() < most;
  }

  private static String reason(Slot newcomer) {
    return "Closed to make room for a newer session of the same account from "
        + Network.of(newcomer.caller());
  }

  /** The limit of a count for one slot, if there is any. */
  @Nullable Limit limit(Key key, Slot slot) {
    return switch (key.what()) {
      case DETENTION ->
          Limit.refusing(
              key.scope() == LimitScope.PREFIX
                  ? rules.detention().mostOfPrefix()
                  : rules.detention().most());
      case CONNECTIONS -> {
        Limit own =
            slot.treatment() instanceof Treatment.Allowance allowance
                ? allowance.connections().get(key.scope())
                : null;
        yield own != null ? own : rules.connections().get(key.scope());
      }
      case TRANSFERS -> {
        Limit own =
            slot.treatment() instanceof Treatment.Allowance allowance
                ? allowance.transfers().get(key.scope())
                : null;
        yield own != null ? own : rules.transfers().get(key.scope());
      }
    };
  }

  /** The refusal of who was blocked, when {@code inUse} are counted. */
  Refusal.Full refusal(Decision.Blocked block, int inUse, Instant now) {
    Key key = block.key();
    Bucket.Tally tally = counts.of(key).idle(now);
    return new Refusal.Full(
        key.what(),
        key.scope(),
        Words.name(key.name()),
        block.limit().most(),
        inUse,
        tally.idle(),
        tally.longest(),
        rules.retryAfter());
  }
}
