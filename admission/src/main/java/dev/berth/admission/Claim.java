package dev.berth.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What somebody wants.
 *
 * @param account the one to log in; empty else
 * @param result what they get, once it is granted
 */
record Claim<T>(Move move, Slot slot, String account, Function<Slot, T> result) {
  enum Move {
    ARRIVE,
    LOG_IN,
    TRANSFER,
    DETAIN
  }

  /** Where it is counted, if it is granted. */
  List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    boolean byAddress = !slot.isExempt();
    String prefix = slot.prefixName();
    switch (move) {
      case ARRIVE -> {
        add(keys, byAddress, Count.CONNECTIONS, LimitScope.PREFIX, prefix);
        add(keys, true, Count.CONNECTIONS, LimitScope.LISTENER, slot.listener());
        add(keys, true, Count.CONNECTIONS, LimitScope.SERVER, "");
      }
      case LOG_IN -> {
        String pair = account + " from " + prefix;
        add(keys, byAddress, Count.CONNECTIONS, LimitScope.PREFIX_AND_ACCOUNT, pair);
        add(keys, true, Count.CONNECTIONS, LimitScope.ACCOUNT, account);
      }
      case TRANSFER -> {
        add(keys, byAddress, Count.TRANSFERS, LimitScope.PREFIX, prefix);
        add(keys, true, Count.TRANSFERS, LimitScope.ACCOUNT, slot.account());
        add(keys, true, Count.TRANSFERS, LimitScope.SERVER, "");
      }
      case DETAIN -> {
        add(keys, byAddress, Count.DETENTION, LimitScope.PREFIX, prefix);
        add(keys, true, Count.DETENTION, LimitScope.SERVER, "");
      }
    }
    return keys;
  }

  /** Under which a slot is counted by its address; meaningless for one that is exempt. */
  static Key prefixKey(Slot slot) {
    return new Key(Count.CONNECTIONS, LimitScope.PREFIX, slot.prefixName());
  }

  private static void add(
      List<Key> keys, boolean counted, Count what, LimitScope scope, String name) {
    if (counted) {
      keys.add(new Key(what, scope, name));
    }
  }
}
