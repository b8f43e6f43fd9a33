package dev.berth.cli;

import dev.berth.limits.ProcessName;
import java.nio.file.Path;

/**
 * The other programs of this machine.
 *
 * @param folder where all of them share connections; it may not exist yet
 * @param self how they see this one
 */
record Neighbours(Path folder, ProcessName self) {}
