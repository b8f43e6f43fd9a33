/** The program berth: settings, wiring, commands, exit statuses. */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
