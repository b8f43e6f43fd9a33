package dev.berth.client;

import dev.berth.transport.CertificateRejected;
import dev.berth.transport.TlsDetails;
import dev.berth.transport.Trust;
import dev.berth.wire.Command;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** What TLS has agreed on, whose certificate it was, and what data connections have to do. */
final class EncryptionQuestions {
  private final FtpConnection connection;
  private final Answers answers;

  EncryptionQuestions(FtpConnection connection, Answers answers) {
    this.connection = connection;
    this.answers = answers;
  }

  void ask() {
    Optional<TlsDetails> tls = connection.dialogue().control().tls();
    if (tls.isEmpty()) {
      answers.note(Fact.TLS, withoutTls());
      return;
    }
    TlsDetails details = tls.get();
    answers.note(Fact.TLS, new Answer.Yes(details.version() + ", " + details.cipher()));
    answers.note(Fact.TLS_VERSION, new Answer.Told(details.version(), details.cipher()));
    if (details.version().equals("TLSv1.2")) {
      answers.note(Fact.TLS_1_2, new Answer.Yes("it chose it though 1.3 was offered"));
    }
    if (!details.peerChain().isEmpty()) {
      certificate(details.peerChain().getFirst());
    }
  }

  private Answer withoutTls() {
    boolean isListed = connection.features().has("AUTH");
    if (connection.settings().tlsUse() == TlsUse.OFF) {
      return new Answer.Unknown(
          "not tried, for --tls=off; FEAT " + (isListed ? "lists AUTH" : "does not list AUTH"));
    }
    return new Answer.No("AUTH TLS was refused" + (isListed ? ", though FEAT lists it" : ""));
  }

  private void certificate(X509Certificate certificate) {
    answers.note(
        Fact.CERTIFICATE,
        new Answer.Told(
            certificate.getSubjectX500Principal().toString(),
            "issuer " + certificate.getIssuerX500Principal()));
    Instant last = certificate.getNotAfter().toInstant();
    answers.note(
        Fact.CERTIFICATE_EXPIRES,
        new Answer.Told(last.toString(), "from " + certificate.getNotBefore().toInstant() + " on"));
    answers.note(Fact.CERTIFICATE_TRUSTED, trusted(connection.settings().tls().trust()));
    answers.note(
        Fact.CERTIFICATE_FINGERPRINT,
        new Answer.Told(
            "sha256:" + CertificateRejected.fingerprint(certificate), "for --tls-trust"));
  }

  private static Answer trusted(Trust trust) {
    return switch (trust) {
      case Trust.Authorities known ->
          new Answer.Yes("a known authority vouches for it, and it is made out to this host");
      case Trust.Pinned pinned ->
          new Answer.Unknown("it is the one that was pinned; no authority was asked");
      case Trust.Any any -> new Answer.Unknown("any certificate was taken; no authority was asked");
    };
  }

  /**
   * Makes one data connection that resumes nothing. vsftpd answers 522 and ProFTPD 425 if it has
   * to. The connection has lost its sessions by that, and is left.
   */
  void resumption(Command command) throws IOException {
    connection.dialogue().control().forgetTls();
    boolean extended = connection.traits().data().hasExtendedPassive();
    Answer answer =
        Examination.works(() -> {
          DataTrial.Outcome outcome =
              new DataTrial(connection)
                  .passive(extended ? DataTrial.EPSV : DataTrial.PASV, command);
          return outcome.resumed()
              ? new Answer.Unknown("the session was resumed all the same")
              : new Answer.Yes("");
        });
    answers.note(Fact.TLS_RESUMPTION_REQUIRED, required(answer));
    connection.quit(connection.dialogue().timeout());
  }

  private static Answer required(Answer withoutResuming) {
    return switch (withoutResuming) {
      case Answer.Yes taken -> new Answer.No("a data connection with a session of its own works");
      case Answer.No refused -> new Answer.Yes("without: " + refused.evidence());
      case Answer.Told told -> told;
      case Answer.Unknown unknown -> unknown;
    };
  }
}
