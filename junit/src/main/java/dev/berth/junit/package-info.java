/**
 * An FTP server for a JUnit test, which speaks as another one and has its limits and faults.
 *
 * <p>Read {@link dev.berth.junit.FtpServer}, then {@link dev.berth.simulator.Simulator}, which the
 * test gets.
 *
 * <pre>{@code
 * import dev.berth.junit.FtpServer;
 * import dev.berth.simulator.Simulator;
 * import java.nio.file.Files;
 * import org.junit.jupiter.api.Test;
 *
 * class DownloadTest {
 *   @Test
 *   void clientStaysWithinTheLimit(
 *       @FtpServer(as = "vsftpd", limitPerAddress = 2) Simulator server) throws Exception {
 *     Files.writeString(server.root().resolve("report.csv"), "a,b");
 *
 *     // Give server.host(), server.port(), server.user() and server.password() to your client.
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.junit;

import org.jspecify.annotations.NullMarked;
