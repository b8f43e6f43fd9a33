package dev.berth.limits;

import dev.berth.limits.LimitLearned.Counted;
import java.util.ArrayDeque;
import java.util.List;

/** The last news of a budget, bounded. Guarded by the lock of its budget. */
final class News {
  private static final int MOST = 64;

  private final ArrayDeque<LimitLearned> last = new ArrayDeque<>();
  private long sequence;

  void compare(LimitState before, LimitState after) {
    compare(new Counted.Address(), before.address(), after.address());
    after
        .accounts()
        .forEach((account, ceiling) -> {
          Ceiling old = before.accounts().get(account);
          compare(new Counted.OneAccount(account), old == null ? ceiling : old, ceiling);
          if (old == null) {
            tell(new Counted.OneAccount(account), ceiling.limit(), ceiling);
          }
        });
  }

  private void compare(Counted counted, Ceiling before, Ceiling after) {
    boolean changed =
        before.limit() != after.limit() || before.evidence().kind() != after.evidence().kind();
    if (changed && !after.evidence().isUntested()) {
      tell(counted, before.limit(), after);
    }
  }

  private void tell(Counted counted, int before, Ceiling after) {
    sequence++;
    last.addLast(new LimitLearned(sequence, counted, before, after.limit(), after.evidence()));
    if (last.size() > MOST) {
      last.removeFirst();
    }
  }

  List<LimitLearned> after(long seen) {
    return last.stream().filter(news -> news.sequence() > seen).toList();
  }
}
