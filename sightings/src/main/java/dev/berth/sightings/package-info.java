/**
 * What a log, a capture or a machine tells of FTP sessions, as values, with the place where it
 * stands. Those who read files make them, the doctor draws its conclusions from them.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.sightings.Sighting}: one line or packet, understood.
 *   <li>{@link dev.berth.sightings.Happening}: the closed list of what can be told.
 *   <li>{@link dev.berth.sightings.Caller}: of whom, as far as the line says so.
 *   <li>{@link dev.berth.sightings.Moment} and {@link dev.berth.sightings.Citation}: when, and
 *       where it stands.
 * </ol>
 *
 * <pre>{@code
 * import dev.berth.sightings.Caller;
 * import dev.berth.sightings.Happening;
 * import dev.berth.sightings.Moment;
 * import dev.berth.sightings.Sighting;
 * import dev.berth.sightings.Citation;
 * import java.time.Instant;
 *
 * class OneLine {
 *   public static void main(String[] arguments) {
 *     Sighting sighting =
 *         new Sighting(
 *             Moment.at(Instant.parse("2026-11-22T11:54:45Z")),
 *             new Citation("vsftpd.log", 17),
 *             Caller.of("192.0.2.7", "8005"),
 *             new Happening.LoggedIn("ann"));
 *     System.out.println(sighting.citation() + " " + sighting.caller());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.sightings;

import org.jspecify.annotations.NullMarked;
