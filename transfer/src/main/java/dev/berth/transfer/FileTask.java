package dev.berth.transfer;

/** A task that moves one file. */
interface FileTask extends Task {
  /** Where the file comes from, as shown to people. */
  String sourceName();

  /** Where it goes. */
  String targetName();

  /** How many bytes it is planned to move; 0 where nobody knows. */
  long plannedBytes();
}
