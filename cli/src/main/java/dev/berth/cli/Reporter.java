package dev.berth.cli;

import dev.berth.transfer.JobListener;
import java.util.function.Supplier;

/** Hears from an {@link Engine} what a running command does. Any thread may call it. */
interface Reporter extends JobListener {
  /**
   * One line of the dialogue with a server, for {@code --verbose}.
   *
   * @param line with the password masked, without line end
   */
  void dialogue(String line);

  /**
   * Says where the display finds the job's state from now on.
   *
   * @param views quick, callable from another thread at any time until the command has ended
   */
  void watch(Supplier<View> views);
}
