package dev.berth.client;

import dev.berth.dialects.Observation;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.CertificateRejected;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.ControlConnection;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Opens connections to one server, logged in and ready. One for a pool; any thread may call it. It
 * keeps what was learned of the server's ways for the next connection.
 */
public final class Connector {
  private final ConnectSettings settings;
  private final Watchdog watchdog;
  private final RefusalReader refusals;
  private final ServerTraits traits;
  private final ListingRoom listings = ListingRoom.ofThisProgram();

  /**
   * A connector that has not connected yet.
   *
   * @param watchdog bounds every wait; closed by the caller, after the connections
   * @param refusals reads why a server turns us away
   */
  public Connector(ConnectSettings settings, Watchdog watchdog, RefusalReader refusals) {
    this(settings, watchdog, refusals, new ServerTraits());
  }

  /**
   * A connector that knows the server's ways from before.
   *
   * @param watchdog bounds every wait; closed by the caller, after the connections
   * @param refusals reads why a server turns us away
   * @param traits of this very server
   */
  public Connector(
      ConnectSettings settings, Watchdog watchdog, RefusalReader refusals, ServerTraits traits) {
    this.settings = settings;
    this.watchdog = watchdog;
    this.refusals = refusals;
    this.traits = traits;
  }

  /** Where it connects to, and how. */
  public ConnectSettings settings() {
    return settings;
  }

  /** What was learned of the server's ways. */
  public ServerTraits traits() {
    return traits;
  }

  /**
   * Connects and logs in. Sends the password once at the most. Blocks until the server has answered
   * each step or a timeout has passed.
   *
   * @param name what the connection is called in logs and thread names: {@code upstream-4}
   * @throws dev.berth.transport.CertificateRejected if TLS is used and the server's certificate is
   *     not trusted
   * @throws dev.berth.wire.ProtocolException if what answers does not speak FTP
   * @throws IOException if TLS was required and is not to be had, or the thread was interrupted
   */
  public Opening open(String name, Login login) throws IOException {
    ControlConnection control;
    try {
      control = connect();
    } catch (ConnectionLost | UnknownHostException e) {
      return unreachable(e);
    }
    Dialogue dialogue = new Dialogue(name, control, refusals, settings.timeout());
    LoginSequence sequence = new LoginSequence(dialogue, settings, traits, listings);
    try {
      return opened(sequence, login);
    } catch (ConnectionLost e) {
      dialogue.abort();
      if (e.manner().isOurs()) {
        throw e;
      }
      return new Opening.Refused(silence(sequence.phase(), e), sequence.phase());
    } catch (TlsFailed e) {
      dialogue.abort();
      if (!mayOfferMore(sequence.phase(), e)) {
        throw e;
      }
      return open(name, login);
    } catch (IOException | RuntimeException e) {
      dialogue.abort();
      throw e;
    }
  }

  /** Whether only TLS 1.2 was offered, as remembered, and no password has been sent yet. */
  private boolean mayOfferMore(Phase phase, TlsFailed failure) {
    return phase == Phase.GREETING
        && !(failure instanceof CertificateRejected)
        && traits.doubtsTls();
  }

  private Opening opened(LoginSequence sequence, Login login) throws IOException {
    Optional<Reply> negative = sequence.run(login);
    if (negative.isEmpty()) {
      return new Opening.Opened(sequence.connection());
    }
    Reply reply = negative.get();
    boolean closed = sequence.sayGoodbye();
    return new Opening.Refused(refusal(sequence.phase(), reply, closed), sequence.phase());
  }

  private Refusal refusal(Phase phase, Reply reply, boolean closed) {
    if (reply.code() == LoginSequence.NEED_ACCOUNT) {
      return new Refusal.Denied(reply + " (tell it by the setting \"account\")");
    }
    return refusals
        .read(Observation.of(phase, reply, closed))
        .orElseGet(() -> new Refusal.Unclear(reply.toString()));
  }

  private Refusal silence(Phase phase, ConnectionLost lost) {
    return refusals
        .read(Observation.silence(phase))
        .<Refusal>map(refusal -> new Refusal.Silent("(" + lost.getMessage() + ")"))
        .orElseThrow();
  }

  /** Tries the server's addresses in the order of the resolver until one accepts. */
  private ControlConnection connect() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(settings.host());
    ConnectionLost last = null;
    for (InetAddress address : addresses) {
      try {
        return ControlConnection.connect(
            new InetSocketAddress(address, settings.port()),
            settings.source(),
            watchdog,
            Deadline.after(settings.timeout()));
      } catch (ConnectionLost e) {
        if (e.manner().isOurs()) {
          throw e;
        }
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last == null ? new UnknownHostException(settings.host()) : last;
  }

  private Opening unreachable(IOException failure) throws IOException {
    if (failure instanceof ConnectionLost lost && lost.manner().isOurs()) {
      throw failure;
    }
    if (failure instanceof UnknownHostException) {
      return new Opening.Unreachable("no address is known for " + settings.host());
    }
    return new Opening.Unreachable(String.valueOf(failure.getMessage()));
  }
}
