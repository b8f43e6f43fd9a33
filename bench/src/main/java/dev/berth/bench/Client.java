package dev.berth.bench;

import java.io.IOException;
import java.util.List;

/** A program that moves files by FTP. Its whole process is measured, from its start to its end. */
interface Client {
  /** As shown in the table, with the settings that matter. */
  String name();

  /** Whether it is measured with this errand. */
  default boolean suits(Errand errand) {
    return true;
  }

  /**
   * The command that does the errand; files that it needs are written to the scratch folder.
   *
   * @throws IOException when they cannot be written
   */
  List<String> command(Errand errand) throws IOException;
}
