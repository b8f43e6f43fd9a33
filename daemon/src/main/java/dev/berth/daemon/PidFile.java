package dev.berth.daemon;

import java.nio.file.Path;

/** Whether the number of the process is written somewhere. */
sealed interface PidFile {
  /** Nowhere. */
  record None() implements PidFile {}

  /** Into a file, as long as the server runs: a decimal number and a line end. */
  record At(Path path) implements PidFile {}
}
