/**
 * Settings files in TOML, read as a whole: a program that finds faults reports all of them at once
 * and does not start. Start with {@link dev.berth.settings.TomlFile}.
 *
 * <p>Read in this order: {@link dev.berth.settings.TomlFile} is one file and the faults found in
 * it, {@link dev.berth.settings.TomlSection} one of its tables, which knows by what it was asked
 * for which keys there are, {@link dev.berth.settings.Nearest} what a mistyped key was meant to be,
 * and {@link dev.berth.settings.DurationText}, {@link dev.berth.settings.SizeText} and {@link
 * dev.berth.settings.PlaceText} how spans of time, sizes and addresses are written.
 *
 * <pre>{@code
 * TomlFile file = TomlFile.read(Path.of("/etc/berth/server.toml"));
 * TomlSection timers = file.top().section("timers");
 * Duration idle = timers.read("idle", DurationText::parse).orElse(Duration.ofMinutes(5));
 * timers.end();
 * file.top().end();
 * file.faults().forEach(System.err::println);
 * }</pre>
 */
@NullMarked
package dev.berth.settings;

import org.jspecify.annotations.NullMarked;
