package dev.berth.session;

/** Holds transfers to a rate, by making them wait. Shared by sessions; any thread may call it. */
public interface Throttle {
  /** No rate at all. */
  Throttle NONE =
      new Throttle() {
        @Override
        public boolean isUnlimited() {
          return true;
        }

        @Override
        public void retrieved(long bytes) {
          // Nobody waits.
        }

        @Override
        public void stored(long bytes) {
          // Nobody waits.
        }
      };

  /** Whether nobody ever waits: then all can be sent in one piece. */
  boolean isUnlimited();

  /** Waits until so many bytes that were sent to the client are paid for. */
  void retrieved(long bytes) throws InterruptedException;

  /** Waits until so many bytes that came from the client are paid for. */
  void stored(long bytes) throws InterruptedException;
}
