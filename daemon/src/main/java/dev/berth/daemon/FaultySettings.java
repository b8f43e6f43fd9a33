package dev.berth.daemon;

import java.util.List;

/** What was set cannot be used. Nothing was started, or what runs is as it was. */
public final class FaultySettings extends Exception {
  private static final long serialVersionUID = 1;

  private final List<String> faults;

  FaultySettings(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** All that is wrong, a line each: where, and what to write instead. Without passwords. */
  public List<String> faults() {
    return faults;
  }
}
