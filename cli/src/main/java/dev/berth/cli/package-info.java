/**
 * The program {@code berth}: settings, wiring, commands, exit statuses.
 *
 * <p>To read first: {@link dev.berth.cli.Main}, where the process begins; {@code Program}, one run
 * of it; {@code Command} and one of its kind, such as {@code MirrorCommand}; {@code Engine}, which
 * does on servers what commands ask for; {@code Setting}, the table of all that can be chosen, from
 * which options, help, completion and settings files follow. What users and machines are promised
 * stands in docs/exit-status.md, docs/json.md and docs/settings.md.
 */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
