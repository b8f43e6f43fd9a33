package dev.berth.server;

import dev.berth.session.Throttle;

/** Holds all sessions of an account together to its rates. Any thread may call it. */
final class AccountThrottle implements Throttle {
  private final Rates rates;
  private final Pacer retrieved;
  private final Pacer stored;

  AccountThrottle(Rates rates) {
    this.rates = rates;
    this.retrieved = new Pacer(rates.retrieved());
    this.stored = new Pacer(rates.stored());
  }

  Rates rates() {
    return rates;
  }

  @Override
  public boolean isUnlimited() {
    return rates.equals(Rates.NONE);
  }

  @Override
  public void retrieved(long bytes) throws InterruptedException {
    retrieved.pay(bytes);
  }

  @Override
  public void stored(long bytes) throws InterruptedException {
    stored.pay(bytes);
  }
}
