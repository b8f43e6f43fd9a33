package dev.berth.client;

import dev.berth.dialects.Phase;
import dev.berth.dialects.ServerDialect;
import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.PlainAnswer;
import dev.berth.transport.Tls;
import dev.berth.wire.Command;
import dev.berth.wire.Features;
import dev.berth.wire.PathnameReply;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the greeting to a connection that is ready for transfers: greeting, HOST, AUTH TLS, USER,
 * PASS, ACCT, PBSZ, PROT, FEAT, OPTS UTF8, TYPE, PWD (RFC 959 section 5.4, RFC 4217 section 12, RFC
 * 2640, RFC 7151). Confined to one thread, used once.
 */
final class LoginSequence {
  private static final Command AUTH_TLS = Command.of("AUTH", "TLS");
  private static final Command FEAT = Command.of("FEAT");
  private static final Command PWD = Command.of("PWD");
  private static final Command QUIT = Command.of("QUIT");
  private static final Command TYPE_IMAGE = Command.of("TYPE", "I");
  private static final Set<String> NEEDED_FACTS = Set.of("type", "size", "modify");
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final int SERVICE_READY_SOON = 120;
  static final int NEED_ACCOUNT = 332;

  /** More announcements than this are a server that never means to begin. */
  private static final int MOST_ANNOUNCEMENTS = 8;

  private final Dialogue dialogue;
  private final ConnectSettings settings;
  private final ServerTraits traits;
  private final ListingRoom listings;
  private Phase phase = Phase.GREETING;
  private boolean protectedData;
  private @Nullable FtpConnection connection;

  LoginSequence(
      Dialogue dialogue, ConnectSettings settings, ServerTraits traits, ListingRoom listings) {
    this.dialogue = dialogue;
    this.settings = settings;
    this.traits = traits;
    this.listings = listings;
  }

  /** How far it has come. */
  Phase phase() {
    return phase;
  }

  /** The connection, once {@link #run} has succeeded. */
  FtpConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("not logged in; phase " + phase);
    }
    return connection;
  }

  /**
   * Runs to the end, or to the first reply that turns us away.
   *
   * @return that reply, or nothing when all went well
   */
  Optional<Reply> run(Login login) throws IOException {
    Optional<Reply> unready = startImplicitTls();
    if (unready.isPresent()) {
      return unready;
    }
    Reply greeting = greeting();
    if (!greeting.isCompletion()) {
      return Optional.of(greeting);
    }
    dialogue.greeted(greeting);
    dialogue.control().send255(ServerTraits.telnet(ServerDialect.of(greeting)));
    Optional<Reply> refusal = chooseHost();
    if (refusal.isEmpty()) {
      refusal = authenticateByTls();
    }
    if (refusal.isPresent()) {
      return refusal;
    }
    Reply last = logIn(login);
    if (!last.isCompletion()) {
      return Optional.of(last);
    }
    phase = Phase.SESSION;
    if (settings.tlsUse() == TlsUse.OFF) {
      traits.withoutTls();
    }
    return setUp(greeting);
  }

  /** TLS from the first byte; a reply only if the server turns us away in plain text instead. */
  private Optional<Reply> startImplicitTls() throws IOException {
    if (settings.tlsUse() != TlsUse.IMPLICIT) {
      return Optional.empty();
    }
    try {
      startTls();
      return Optional.empty();
    } catch (PlainAnswer answer) {
      if (!answer.reply().isNegative()) {
        throw answer;
      }
      dialogue.spoil();
      return Optional.of(answer.reply());
    }
  }

  private Reply greeting() throws IOException {
    Reply reply = dialogue.receive();
    for (int n = 0; n < MOST_ANNOUNCEMENTS && reply.code() == SERVICE_READY_SOON; n++) {
      reply = dialogue.receive();
    }
    return reply;
  }

  /**
   * HOST, before AUTH: so the server can show that host's certificate. It is sent only if the user
   * names a host: a FEAT before the login, to see whether the server knows it, would cost every
   * connection a wait, and most servers refuse it.
   *
   * @return a reply only if the server turns us away for good with it
   */
  private Optional<Reply> chooseHost() throws IOException {
    if (!(settings.virtualHost() instanceof VirtualHost.Named(String name))) {
      return Optional.empty();
    }
    Reply reply = dialogue.exchange(Command.of("HOST", name));
    if (reply.isCompletion()) {
      return Optional.empty();
    }
    if (!dialogue.isIntact()) {
      return Optional.of(reply);
    }
    // Never go on with the password, which is meant for that host only.
    throw new IOException(
        settings.server() + " does not take us to the virtual host " + name + ": " + reply);
  }

  /** AUTH TLS; a reply only if the server turns us away for good with it. */
  private Optional<Reply> authenticateByTls() throws IOException {
    if (settings.tlsUse() == TlsUse.OFF || settings.tlsUse() == TlsUse.IMPLICIT) {
      return Optional.empty();
    }
    Reply reply = dialogue.exchange(AUTH_TLS);
    if (reply.isCompletion()) {
      startTls();
      return Optional.empty();
    }
    if (!dialogue.isIntact()) {
      return Optional.of(reply);
    }
    if (settings.tlsUse() == TlsUse.REQUIRED) {
      throw new IOException(
          settings.server() + " does not offer TLS, which --tls=require asks for: " + reply);
    }
    if (traits.isTlsProven()) {
      throw new IOException(
          settings.server()
              + " offered TLS before and refuses it now; somebody on the way may do that. If it has"
              + " none any more, say --tls=off once: "
              + reply);
    }
    return Optional.empty();
  }

  private void startTls() throws IOException {
    Tls tls = settings.tls();
    if (traits.isTls12Only() && tls.versions().contains(Tls.Version.TLS_1_2)) {
      tls = new Tls(tls.trust(), tls.host(), Set.of(Tls.Version.TLS_1_2));
    }
    dialogue.control().startTls(tls, Deadline.after(settings.timeout()));
    traits.tlsWorked();
    protectedData = true;
  }

  private Reply logIn(Login login) throws IOException {
    phase = Phase.USER;
    Reply reply = account(dialogue.exchange(Command.of("USER", login.user())));
    if (!reply.isIntermediate() || reply.code() == NEED_ACCOUNT) {
      return reply; // a password is for a server that asks for one
    }
    phase = Phase.PASS;
    return account(dialogue.exchange(Command.of("PASS", login.password().reveal())));
  }

  /** Tells the account to a server that asks for it, behind the user or the password (332). */
  private Reply account(Reply reply) throws IOException {
    return reply.code() == NEED_ACCOUNT
            && settings.account() instanceof LoginAccount.Named(Secret name)
        ? dialogue.exchange(Command.of("ACCT", name.reveal()))
        : reply;
  }

  /** Prepares the session; a reply only if the server ends it meanwhile. */
  private Optional<Reply> setUp(Reply greeting) throws IOException {
    try {
      connection = prepared(greeting);
      return Optional.empty();
    } catch (ReplyException e) {
      if (e.refusal().isPresent()) {
        return Optional.of(e.reply());
      }
      throw e;
    }
  }

  private FtpConnection prepared(Reply greeting) throws IOException {
    if (protectedData) {
      dialogue.complete(Command.of("PBSZ", "0"));
      dialogue.complete(Command.of("PROT", "P"));
    }
    Reply feat = optional(FEAT);
    Features features = Features.of(feat);
    ServerDialect dialect = ServerDialect.of(greeting).withFeatures(feat);
    traits.recognised(dialect, features);
    dialogue.control().send255(ServerTraits.telnet(dialect));
    if (features.has("UTF8")) {
      // A refusal changes nothing: names are sent as the bytes that the server listed.
      optional(Command.of("OPTS", "UTF8 ON"));
    }
    chooseFacts(features);
    dialogue.complete(TYPE_IMAGE);
    dialogue.writeNamesBy(traits.names()::coding);
    Optional<String> folder = loginFolder();
    FtpConnection ready =
        new FtpConnection(
            dialogue, traits, listings, features, path(folder), protectedData, settings);
    folder.ifPresent(ready.passage()::isIn);
    return ready;
  }

  /**
   * Asks for the facts that we need, where the server has them but leaves them out of its listings
   * until it is asked: FEAT marks those that it sends with a star (RFC 3659 section 7.8).
   */
  private void chooseFacts(Features features) throws IOException {
    StringBuilder chosen = new StringBuilder("MLST ");
    boolean isAnyMissing = false;
    for (String listed : features.parameters().getOrDefault("MLST", "").split(";", -1)) {
      boolean isSent = listed.endsWith("*");
      String fact = isSent ? listed.substring(0, listed.length() - 1) : listed;
      boolean isNeeded = NEEDED_FACTS.contains(fact.strip().toLowerCase(Locale.ROOT));
      if (isSent || isNeeded) {
        chosen.append(fact.strip()).append(';');
      }
      isAnyMissing |= isNeeded && !isSent;
    }
    if (isAnyMissing) {
      optional(Command.of("OPTS", chosen.toString()));
    }
  }

  /** A command that a server need not have; what it has to answer all the same is its reply. */
  private Reply optional(Command command) throws IOException {
    Reply reply = dialogue.exchange(command);
    if (!dialogue.isIntact()) {
      throw dialogue.refused(command, reply);
    }
    return reply;
  }

  /** As the server writes it; nothing if it does not tell. */
  private Optional<String> loginFolder() throws IOException {
    Reply reply = dialogue.exchange(PWD);
    return reply.isPermanentNegative()
        ? Optional.empty()
        : Optional.of(PathnameReply.pathname(dialogue.completed(PWD, reply)));
  }

  /** The root stands for a login folder that the server does not tell, or not as a pathname. */
  private RemotePath path(Optional<String> folder) {
    return folder
        .filter(octets -> octets.startsWith("/"))
        .map(octets -> new RemotePath(traits.names().saw(List.of(octets)).read(octets)))
        .orElse(RemotePath.ROOT);
  }

  /**
   * After a refusal: leaves in order, so that the server frees the place at once.
   *
   * @return whether the server had closed the connection by itself
   */
  boolean sayGoodbye() {
    boolean closed = !dialogue.isIntact() || !dialogue.control().isQuiet();
    try {
      if (!closed) {
        dialogue.send(List.of(QUIT));
        dialogue.receive(GOODBYE);
      }
      dialogue.control().closeGracefully(Deadline.after(GOODBYE));
    } catch (ConnectionLost e) {
      closed = true;
      dialogue.abort();
    } catch (IOException e) {
      dialogue.abort();
    }
    return closed;
  }
}
