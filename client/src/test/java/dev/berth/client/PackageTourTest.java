package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Watchdog;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  private final List<String> reported = new ArrayList<>();

  @Test
  void theExampleRetrievesAFile(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("a.txt");
    CommandTable table = CommandTable.normal().file("/pub/a.txt", "hello");
    try (ScriptedServer server = ScriptedServer.start(table)) {
      get(server.port(), target);
    }

    assertThat(target).hasContent("hello");
    assertThat(reported).isEmpty();
  }

  private void get(int port, Path target) throws IOException {
    ConnectSettings settings =
        new ConnectSettings(
            "127.0.0.1",
            port,
            TlsUse.OFF,
            Tls.of(Trust.system(), "127.0.0.1"),
            Source.any(),
            Duration.ofSeconds(30));
    try (Watchdog watchdog = Watchdog.start();
        FileChannel file =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Connector connector = new Connector(settings, watchdog, new RefusalReader());
      switch (connector.open("upstream-1", Login.anonymous())) {
        case Opening.Opened(FtpConnection connection) -> {
          connection.beginRetrieve(new RemotePath("/pub/a.txt"), 0).run(file);
          connection.quit(Duration.ofSeconds(3));
        }
        case Opening.Refused refused -> report(refused.refusal().words());
        case Opening.Unreachable(String reason) -> report(reason);
      }
    }
    assertThat(Files.exists(target)).isTrue();
  }

  private void report(String words) {
    reported.add(words);
  }
}
