package dev.berth.session;

import dev.berth.session.SessionState.Protection;
import java.io.IOException;
import java.util.Locale;

/** TLS (RFC 2228 section 3, RFC 4217). */
final class ProtectionCommands {
  private ProtectionCommands() {}

  /**
   * RFC 4217 section 4. What the client has sent behind it in plain text could have been put there
   * by anybody: it is not obeyed, and the connection ends.
   */
  static void authenticate(Session session, String argument)
      throws IOException, InterruptedException {
    String mechanism = argument.strip().toUpperCase(Locale.ROOT);
    if (!session.offersTls()) {
      session.reply(502, "There is no TLS on this listener.");
    } else if (session.isInTls()) {
      session.reply(503, "This connection is in TLS already.");
    } else if (!mechanism.equals("TLS") && !mechanism.equals("TLS-C") && !mechanism.equals("SSL")) {
      session.reply(504, "Only AUTH TLS is known.");
    } else if (session.login().isLoggedIn()) {
      session.reply(503, "AUTH has to come before the login; REIN goes back there.");
    } else if (session.reader().hasMore()) {
      session.leave(Farewell.injected());
    } else {
      session.startTls();
      session.reinitialize();
    }
  }

  /**
   * RFC 959 section 4.1.1; a transfer under way has ended before, as commands are queued. The reply
   * still goes in TLS, then TLS ends, for the data connections too (RFC 4217 section 13). What the
   * client has sent behind it in TLS would be answered in plain text: the connection ends. On a
   * listener with implicit TLS, of which the RFC knows nothing, there is no plain text to go to.
   */
  static void reinitialize(Session session, String argument)
      throws IOException, InterruptedException {
    boolean endsTls =
        session.isInTls() && session.listener().tls() != ListenerSettings.TlsUse.IMPLICIT;
    if (endsTls && session.reader().hasMore()) {
      session.leave(Farewell.spokeBehindRein());
      return;
    }
    session.reinitialize();
    session.login().host("");
    session.reply(220, "As at the beginning: USER please.");
    if (endsTls) {
      session.endTls();
    }
  }

  static void bufferSize(Session session, String argument) throws IOException {
    if (!session.isInTls()) {
      session.reply(503, "AUTH TLS has to come first.");
      return;
    }
    if (!isBufferSize(argument.strip())) {
      session.reply(501, "Not a size that fits in 32 bits: PBSZ 0.");
      return;
    }
    session.state().hasBufferSize = true;
    // TLS has its own buffers, whatever was asked for (RFC 4217 section 8).
    session.reply(200, "PBSZ=0");
  }

  /** RFC 2228 section 3, PBSZ. */
  private static boolean isBufferSize(String text) {
    return text.matches("[0-9]{1,10}") && Long.parseLong(text) >> 32 == 0;
  }

  /** Nothing stands for PBSZ, on no listener: it comes anew behind AUTH and REIN. */
  static void protection(Session session, String argument) throws IOException {
    if (!session.isInTls() || !session.state().hasBufferSize) {
      session.reply(
          503, session.isInTls() ? "PBSZ 0 has to come first." : "AUTH TLS has to come first.");
      return;
    }
    switch (argument.strip().toUpperCase(Locale.ROOT)) {
      case "P" -> {
        session.state().protection = Protection.PRIVATE;
        session.reply(200, "Data connections will be in TLS.");
      }
      case "C" -> {
        if (session.requiresTls()) {
          session.reply(534, "Data goes in TLS only here: PROT P.");
        } else {
          session.state().protection = Protection.CLEAR;
          session.reply(200, "Data connections will be in plain text.");
        }
      }
      case "S", "E" -> session.reply(536, "TLS has no such protection level: C or P.");
      default -> session.reply(504, "There is no such protection level: C or P.");
    }
  }

  static void clearControl(Session session, String argument) throws IOException {
    session.reply(534, "What is protected stays so.");
  }

  static void unused(Session session, String argument) throws IOException {
    session.reply(503, "TLS needs no such command (RFC 4217).");
  }
}
