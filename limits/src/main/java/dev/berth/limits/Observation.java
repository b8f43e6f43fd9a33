package dev.berth.limits;

import dev.berth.dialects.Refusal;

/** What a connection taught, mostly the attempt to open it. Immutable. */
sealed interface Observation {
  /** Whose connection it was. */
  Account account();

  /** What was held beside it, or with it. */
  Held held();

  /** The same, with the account under another name and what is held elsewhere counted in. */
  Observation as(Account name, Elsewhere elsewhere);

  /**
   * It was opened and is logged in.
   *
   * @param held what is open for certain, this one included
   */
  record Opened(Account account, Held held) implements Observation {
    @Override
    public Observation as(Account name, Elsewhere elsewhere) {
      return new Opened(name, elsewhere.open(held, new AccountKey(name.name())));
    }
  }

  /**
   * The server turned it away, at its opening or later.
   *
   * @param now what the server may count beside it, at that moment
   * @param before the same when the attempt began, of all programs: by the time that we learn of
   *     the refusal, what the server counted may be gone
   * @param jitter 0 to 1, drawn by the caller, so that many programs do not come back at once
   */
  record Refused(Account account, Held now, Held before, Refusal refusal, double jitter)
      implements Observation {
    /** Nothing has changed since the attempt began. */
    Refused(Account account, Held held, Refusal refusal, double jitter) {
      this(account, held, Held.NONE, refusal, jitter);
    }

    @Override
    public Held held() {
      return now.atLeast(before);
    }

    @Override
    public Observation as(Account name, Elsewhere elsewhere) {
      Held inAll = elsewhere.mayCount(now, new AccountKey(name.name()));
      return new Refused(name, inAll, before, refusal, jitter);
    }
  }

  /**
   * No connection came about: refused by TCP, timed out, no route. Perhaps a firewall's ban.
   *
   * @param held what is open for certain
   * @param what the system's words
   */
  record Unreachable(Account account, Held held, String what, double jitter)
      implements Observation {
    @Override
    public Observation as(Account name, Elsewhere elsewhere) {
      Held inAll = elsewhere.open(held, new AccountKey(name.name()));
      return new Unreachable(name, inAll, what, jitter);
    }
  }
}
