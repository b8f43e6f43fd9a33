package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.Carriage;
import dev.berth.client.ConnectSettings;
import dev.berth.client.Connector;
import dev.berth.client.FtpConnection;
import dev.berth.client.Login;
import dev.berth.client.Opening;
import dev.berth.client.Passage;
import dev.berth.client.ReplyException;
import dev.berth.client.Secret;
import dev.berth.client.TlsUse;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Watchdog;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One connection lent to one client after the other: whatever the one has done, the next gets its
 * file whole, or the connection says that it is not to be lent again.
 */
@ExtendWith(PeersOrSkip.class)
@Timeout(120)
final class PassageTest {
  private static final byte[] SMALL = bytes(3_000);
  private static final byte[] BIG = bytes(20 << 20);

  /** Whether the connection is fit for the next client. */
  private enum Fit {
    YES,
    NO,
    PERHAPS
  }

  /** What a client does, and what becomes of the connection. */
  private enum Use {
    DOWNLOAD_ABORTED_AT_ONCE(Fit.PERHAPS) { // Pure-FTPd may end it without a word.
      @Override
      void of(Passage passage) throws IOException {
        passage.carry(Command.of("RETR", "big"), 1_000).abort();
      }
    },
    DOWNLOAD_ABORTED(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        readALittle(passage.carry(Command.of("RETR", "big"), 0)).abort();
      }
    },
    RESTARTED_DOWNLOAD_ABORTED(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        readALittle(passage.carry(Command.of("RETR", "big"), 1_000)).abort();
      }
    },
    UPLOAD_ABORTED(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        Carriage carriage = passage.carry(Command.of("STOR", "up"), 0);
        carriage.data().write(ByteBuffer.wrap(BIG, 0, BIG.length / 2));
        carriage.abort();
      }
    },
    RESTART_REFUSED(Fit.YES) {
      @Override
      void of(Passage passage) {
        assertThatThrownBy(() -> passage.carry(Command.of("RETR", "none"), 1_000))
            .isInstanceOf(ReplyException.class);
      }
    },
    RESTARTED_APPEND(Fit.YES) {
      /** It refuses the command behind its REST: nobody knows what is left of it. */
      @Override
      Fit fit(PeerKind kind) {
        return kind == PeerKind.PYFTPDLIB ? Fit.NO : Fit.YES;
      }

      @Override
      void of(Passage passage) throws IOException {
        try {
          Carriage carriage = passage.carry(Command.of("APPE", "appended"), 1_000);
          carriage.data().write(ByteBuffer.wrap(SMALL));
          carriage.complete();
        } catch (ReplyException refused) {
          assertThat(refused.reply().isNegative()).isTrue();
        }
      }
    },
    RENAME_HALF_DONE(Fit.NO) {
      @Override
      void of(Passage passage) throws IOException {
        assertThat(passage.pass(Command.of("RNFR", "other")).code()).isEqualTo(350);
        passage.pass(Command.of("PWD")); // ProFTPD: 501 Bad sequence of commands
      }
    },
    RENAME_REFUSED(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        assertThat(passage.pass(Command.of("RNFR", "other")).code()).isEqualTo(350);
        assertThat(passage.pass(Command.of("RNTO", "none/other")).isNegative()).isTrue();
        Reply again = passage.pass(Command.of("RNTO", "renamed"));
        assertThat(again.isNegative()).as("a rename without its first half: " + again).isTrue();
      }
    },
    TYPE_ASCII(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        passage.useType('A');
        Carriage listing = passage.carry(Command.of("LIST"), 0);
        listing.data().read(ByteBuffer.allocate(1 << 16));
        listing.abort();
      }
    },
    ELSEWHERE(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        assertThat(passage.change(Command.of("CWD", "folder")).isCompletion()).isTrue();
        assertThat(passage.folder()).endsWith("/folder");
      }
    },
    IN_A_FOLDER_THAT_IS_NO_MORE(Fit.YES) {
      @Override
      void of(Passage passage) throws IOException {
        assertThat(passage.pass(Command.of("MKD", "brief")).isCompletion()).isTrue();
        assertThat(passage.change(Command.of("CWD", "brief")).isCompletion()).isTrue();
        passage.askFolder();
        passage.pass(Command.of("RMD", "../brief"));
      }
    };

    private final Fit fit;

    Use(Fit fit) {
      this.fit = fit;
    }

    abstract void of(Passage passage) throws IOException;

    Fit fit(PeerKind kind) {
      return fit;
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void whatOneClientDoesIsNothingToTheNext(PeerKind kind) throws IOException {
    try (Peer peer = peer(kind, PeerSettings.plain());
        Watchdog watchdog = Watchdog.start()) {
      assertIndifferent(peer, connector(peer, TlsUse.OFF, watchdog));
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void whatOneClientDoesIsNothingToTheNextInTls(PeerKind kind) throws IOException {
    PeerSettings settings = PeerSettings.plain().tls(PeerSettings.Tls.EXPLICIT_REQUIRED);
    try (Peer peer = peer(kind, settings);
        Watchdog watchdog = Watchdog.start()) {
      assertIndifferent(peer, connector(peer, TlsUse.REQUIRED, watchdog));
    }
  }

  private static void assertIndifferent(Peer peer, Connector connector) throws IOException {
    FtpConnection connection = open(connector);
    String home = connection.passage().folder();
    for (Use use : Use.values()) {
      use.of(connection.passage());
      boolean isFit = connection.isReusable();
      assertThat(use.fit(peer.kind()))
          .as("after %s", use)
          .isIn(isFit ? Fit.YES : Fit.NO, Fit.PERHAPS);
      if (!isFit) {
        connection.quit(Duration.ofSeconds(3));
        connection = open(connector);
      }
      Passage next = connection.passage();
      next.enter(home);
      next.useType('I');
      assertThat(small(next)).as("after %s", use).isEqualTo(SMALL);
    }
    connection.quit(Duration.ofSeconds(3));
    assertThat(peer.root().resolve("other")).exists();
  }

  private static byte[] small(Passage passage) throws IOException {
    Carriage carriage = passage.carry(Command.of("RETR", "small"), 0);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    WritableByteChannel target = Channels.newChannel(got);
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (carriage.data().read(buffer) >= 0) {
      target.write(buffer.flip());
      buffer.clear();
    }
    assertThat(carriage.complete().isCompletion()).isTrue();
    return got.toByteArray();
  }

  private static Carriage readALittle(Carriage carriage) throws IOException {
    carriage.data().read(ByteBuffer.allocate(1_000));
    return carriage;
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes); // With line feeds in it, which TYPE A would not leave.
    return bytes;
  }

  private static Peer peer(PeerKind kind, PeerSettings settings) throws IOException {
    Peer peer = Peers.start(kind, settings);
    Files.write(peer.root().resolve("small"), SMALL);
    Files.write(peer.root().resolve("other"), SMALL);
    Files.write(peer.root().resolve("appended"), SMALL);
    Files.write(peer.root().resolve("big"), BIG);
    Files.createDirectory(peer.root().resolve("folder"));
    peer.own();
    return peer;
  }

  private static Connector connector(Peer peer, TlsUse use, Watchdog watchdog) {
    ConnectSettings settings =
        new ConnectSettings(
            peer.host(),
            peer.port(),
            use,
            Tls.of(Trust.any(), peer.host()),
            Source.any(),
            Duration.ofSeconds(10));
    return new Connector(settings, watchdog, new RefusalReader());
  }

  private static FtpConnection open(Connector connector) throws IOException {
    Opening opening =
        connector.open("upstream-1", new Login(Server.USER, new Secret(Server.PASSWORD)));
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    return ((Opening.Opened) opening).connection();
  }
}
