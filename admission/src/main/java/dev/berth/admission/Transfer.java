package dev.berth.admission;

/**
 * The right to have a transfer under way. Given by {@link Slot#beginTransfer}, closed by whoever
 * asked, at the end of the transfer; the end of its slot closes it too.
 */
public final class Transfer implements AutoCloseable {
  private final Admission admission;
  private final Slot slot;

  Transfer(Admission admission, Slot slot) {
    this.admission = admission;
    this.slot = slot;
  }

  Slot slot() {
    return slot;
  }

  /** The transfer is over. May be called twice. */
  @Override
  public void close() {
    admission.endTransfer(this);
  }
}
