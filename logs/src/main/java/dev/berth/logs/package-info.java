/**
 * Lines of logs of FTP servers, read as sightings. Streams in, values out: who opens and unpacks
 * files is somebody else.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.logs.LogReader}: a file, whichever kind it is, to sightings.
 *   <li>{@link dev.berth.logs.LogKind}: the kinds, and what each leaves out.
 *   <li>{@link dev.berth.logs.LogSummary}: what became of the lines; what was not understood.
 *   <li>{@code LogFormat}: one kind of line, by {@code Scan}; {@code VsftpdLog} is the simplest.
 * </ol>
 *
 * <pre>{@code
 * import dev.berth.logs.LogReader;
 * import java.io.ByteArrayInputStream;
 * import java.time.Instant;
 * import java.time.ZoneOffset;
 *
 * class ReadLog {
 *   public static void main(String[] arguments) throws Exception {
 *     String line = "Sun Nov 22 11:54:45 2026 [pid 8] [ann] OK LOGIN: Client \"192.0.2.7\"\n";
 *     LogReader.of("vsftpd.log", ZoneOffset.UTC, Instant.now())
 *         .read(
 *             new ByteArrayInputStream(line.getBytes("UTF-8")),
 *             (kind, sighting) -> System.out.println(kind + " " + sighting.citation()));
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.logs;

import org.jspecify.annotations.NullMarked;
