package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.transport.CertificateRejected.Reason;
import dev.berth.transport.ConnectionLost.Manner;
import dev.berth.transport.Tls.Version;
import dev.berth.wire.Command;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The control connection in TLS. */
class TlsTest extends TransportTest {
  private static TestIdentity identity;

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = new TestIdentity("dns:localhost,ip:127.0.0.1", "-1d");
  }

  /** Says 234 in plain text, goes over to TLS, answers each command with 200 until it is gone. */
  private static LoopbackPeer.Script explicitTls(TestIdentity identity) {
    return socket -> {
      LoopbackPeer.say(socket, "234 Go ahead.\r\n");
      SSLSocket tls = identity.accept(socket);
      try {
        while (tls.getInputStream().read() >= 0) {
          LoopbackPeer.say(tls, "200 heard\r\n");
          tls.getInputStream().readNBytes(5);
        }
        tls.close();
      } catch (java.io.IOException refusedByTheClient) {
        socket.close();
      }
    };
  }

  private ControlConnection started(LoopbackPeer peer, Tls settings) throws Exception {
    var control = connect(peer);
    assertThat(control.readReply(soon()).code()).isEqualTo(234);
    control.startTls(settings, soon());
    return control;
  }

  @ParameterizedTest
  @EnumSource
  void dialogueGoesOnInTlsAndEndsGracefully(Version version) throws Exception {
    try (var peer = LoopbackPeer.playing(explicitTls(identity))) {
      var settings = new Tls(identity.asAuthority(), "localhost", Set.of(version));
      var control = started(peer, settings);
      TlsDetails details = control.tls().orElseThrow();
      assertThat(details.version()).isEqualTo(version.jdkName());
      assertThat(details.peerChain()).containsExactly(identity.certificate);
      assertThat(details.resumed()).isFalse();
      control.send(soon(), Command.of("NOOP"));
      assertThat(control.readReply(soon()).text()).isEqualTo("heard");
      assertThat(control.isQuiet()).as("session tickets are no noise").isTrue();
      control.closeGracefully(soon());
      peer.awaitEnd();
    }
  }

  @Test
  void implicitTlsNeedsNoWordBefore() throws Exception {
    try (var peer =
            LoopbackPeer.playing(socket -> {
              SSLSocket tls = identity.accept(socket);
              LoopbackPeer.say(tls, "220 hello\r\n");
              LoopbackPeer.hearOut(tls);
            });
        var control = connect(peer)) {
      control.startTls(Tls.of(Trust.any(), "127.0.0.1"), soon());
      assertThat(control.readReply(soon()).code()).isEqualTo(220);
    }
  }

  private CertificateRejected rejected(TestIdentity identity, Tls settings) throws Exception {
    try (var peer = LoopbackPeer.playing(explicitTls(identity))) {
      var thrown =
          catchThrowableOfType(CertificateRejected.class, () -> started(peer, settings).close());
      assertThat(thrown).as("rejected").isNotNull();
      return thrown;
    }
  }

  @Test
  void certificateOfNobodyKnownIsRejectedWithAllThatIsNeededToPinIt() throws Exception {
    var thrown = rejected(identity, Tls.of(Trust.system(), "localhost"));
    assertThat(thrown.reason()).isEqualTo(Reason.SELF_SIGNED);
    assertThat(thrown.subject()).isEqualTo("CN=Test");
    assertThat(thrown.issuer()).isEqualTo("CN=Test");
    assertThat(thrown.notBefore()).isBefore(thrown.notAfter());
    assertThat(thrown).hasMessageContaining("sha256:" + thrown.fingerprint());

    try (var peer = LoopbackPeer.playing(explicitTls(identity));
        var control =
            started(peer, Tls.of(Trust.pinned(thrown.fingerprint()), "any.example.com"))) {
      assertThat(control.tls()).isPresent();
    }
  }

  @Test
  void certificateForAnotherHostIsRejected() throws Exception {
    var thrown = rejected(identity, Tls.of(identity.asAuthority(), "ftp.example.com"));
    assertThat(thrown.reason()).isEqualTo(Reason.WRONG_HOST);
    assertThat(rejected(identity, Tls.of(identity.asAuthority(), "127.0.0.2")).reason())
        .isEqualTo(Reason.WRONG_HOST);
  }

  @Test
  void addressInTheCertificateIsAsGoodAsAName() throws Exception {
    try (var peer = LoopbackPeer.playing(explicitTls(identity));
        var control = started(peer, Tls.of(identity.asAuthority(), "127.0.0.1"))) {
      assertThat(control.tls()).isPresent();
    }
  }

  @Test
  void expiredAndFutureCertificatesAreRejected() throws Exception {
    var expired = new TestIdentity("dns:localhost", "-100d");
    assertThat(rejected(expired, Tls.of(Trust.system(), "localhost")).reason())
        .isEqualTo(Reason.EXPIRED);
    var future = new TestIdentity("dns:localhost", "+2d");
    assertThat(rejected(future, Tls.of(Trust.system(), "localhost")).reason())
        .isEqualTo(Reason.NOT_YET_VALID);
  }

  @Test
  void otherCertificateThanThePinnedOneIsRejected() throws Exception {
    var thrown = rejected(identity, Tls.of(Trust.pinned("AB:".repeat(31) + "AB"), "localhost"));
    assertThat(thrown.reason()).isEqualTo(Reason.NOT_PINNED);
  }

  @Test
  void plainTextBehindTheReplyToAuthIsAnAttack() throws Exception {
    try (var peer =
            LoopbackPeer.playing(socket -> {
              LoopbackPeer.say(socket, "234 Go ahead.\r\n230 You are in.\r\n");
              LoopbackPeer.hearOut(socket);
            });
        var control = connect(peer)) {
      control.readReply(soon());
      var thrown =
          catchThrowableOfType(
              TlsFailed.class, () -> control.startTls(Tls.of(Trust.any(), "localhost"), soon()));
      assertThat(thrown).hasMessageContaining("in plain text before TLS");
      peer.awaitEnd();
    }
  }

  @Test
  void handshakeThatStallsEndsAtTheDeadline() throws Exception {
    var stop = new CountDownLatch(1);
    try (var peer = LoopbackPeer.playing(socket -> stop.await());
        var control = connect(peer)) {
      var settings = Tls.of(Trust.any(), "localhost");
      assertLost(Manner.TIMED_OUT, () -> control.startTls(settings, stall()));
      stop.countDown();
    }
  }

  @Test
  void peerThatHangsUpInTheHandshakeIsLost() throws Exception {
    try (var peer = LoopbackPeer.playing(socket -> LoopbackPeer.hear(socket, 100));
        var control = connect(peer)) {
      var thrown =
          catchThrowableOfType(
              ConnectionLost.class,
              () -> control.startTls(Tls.of(Trust.any(), "localhost"), soon()));
      assertThat(thrown.manner()).isIn(Manner.END_OF_STREAM, Manner.RESET);
    }
  }

  @Test
  void whatIsNotTlsIsToldFromALostConnection() throws Exception {
    try (var peer =
            LoopbackPeer.playing(socket -> {
              LoopbackPeer.hear(socket, 5);
              LoopbackPeer.say(socket, "500 Command not understood.\r\n");
              socket.shutdownOutput();
              LoopbackPeer.hearOut(socket);
            });
        var control = connect(peer)) {
      var thrown =
          catchThrowableOfType(
              TlsFailed.class, () -> control.startTls(Tls.of(Trust.any(), "localhost"), soon()));
      assertThat(thrown).hasMessageContaining("127.0.0.1 port");
    }
  }

  @Test
  void noVersionInCommonFails() throws Exception {
    try (var peer =
            LoopbackPeer.playing(socket -> {
              SSLSocket tls = identity.accept(socket);
              tls.setEnabledProtocols(new String[] {"TLSv1.2"});
              try {
                tls.startHandshake();
              } catch (javax.net.ssl.SSLException noVersion) {
                socket.close();
              }
            });
        var control = connect(peer)) {
      var settings = new Tls(Trust.any(), "localhost", Set.of(Version.TLS_1_3));
      assertThat(catchThrowableOfType(TlsFailed.class, () -> control.startTls(settings, soon())))
          .isNotNull();
    }
  }
}
