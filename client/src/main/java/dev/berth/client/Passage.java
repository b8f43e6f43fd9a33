package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.NameCoding;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what others ask for over one connection, for a gateway that lends it to one client
 * after the other. Got from {@link FtpConnection#passage}; called by the thread that has the
 * connection.
 *
 * <p>It knows what the connection is left in, and sets the working folder and the representation
 * type only where they differ from what the next client wants. What it cannot set again makes the
 * connection unfit for another client ({@link FtpConnection#isReusable}): a rename that is half
 * done, a restart offset that nobody has used up, a transfer that has not ended.
 *
 * <p>Names go as they are: as the client has sent them, or as the server has told them ({@link
 * dev.berth.wire.Octets}).
 */
public final class Passage {
  private static final Logger LOG = System.getLogger(Passage.class.getName());
  private static final Command FROM_THE_START = Command.of("REST", "0");

  private static final Set<String> CHANGING = Set.of("CWD", "XCWD", "CDUP", "XCUP");
  private static final Set<String> FILES = Set.of("RETR", "STOR", "APPE", "STOU");
  private static final Set<String> LISTINGS = Set.of("LIST", "NLST", "MLSD");

  /** What may move a folder, or the one that we are in, away. */
  private static final Set<String> MOVING = Set.of("RNTO", "RMD", "XRMD", "SITE");

  private static final Set<String> HASHING =
      Set.of("HASH", "XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512", "MD5", "MMD5");

  /** A server reads the whole file before it answers: 100 GB, of a disk that reads 120 MB/s. */
  private static final Duration WHILE_HASHING = Duration.ofMinutes(15);

  /** What changes the session so that nothing here would know. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "USER", "PASS", "ACCT", "REIN", "QUIT", "SMNT", "TYPE", "STRU", "MODE", "REST", "PORT",
          "PASV", "EPRT", "EPSV", "ABOR", "AUTH", "ADAT", "PBSZ", "PROT", "CCC", "HOST");

  /** What a user may leave behind. */
  private enum Left {
    /** A transfer that has not ended. */
    TRANSFER,
    /** An RNFR without its RNTO: Pure-FTPd keeps it over other commands. */
    RENAME,
    /** Any other command of which the server awaits the second half. */
    SEQUENCE,
    /** A restart offset, which would cut off the beginning of the next file. */
    RESTART,
    /**
     * A refused upload with an offset. Pure-FTPd 1.0.50 has moved what had the name (a folder, it
     * may be) to its temporary one, and refuses all later uploads with an offset for it.
     */
    PART
  }

  private final FtpConnection connection;
  private final InForce inForce;

  // Confined to the connection's thread.
  private final Set<Left> left = EnumSet.noneOf(Left.class);
  private @Nullable Object user; // who had it last
  private boolean isAskedForAllFacts;
  private final Umask umask = new Umask(this::exchange);

  Passage(FtpConnection connection) {
    this.connection = connection;
    this.inForce = new InForce(connection);
  }

  /** The server has told that this is the working folder. */
  void isIn(String told) {
    inForce.isIn(told);
  }

  /**
   * Somebody uses it from now on. Another one finds no folder that it is believed to be in: a
   * server keeps the folder itself, whatever its name has come to mean meanwhile.
   *
   * @param next the same object for the same user
   */
  public void lendTo(Object next) {
    if (!next.equals(user)) {
      inForce.forgetFolder();
    }
    user = next;
  }

  /**
   * Whether a command makes the server read a whole file before it answers, which may take minutes.
   *
   * @param verb in upper case
   */
  public static boolean readsWholeFile(String verb) {
    return HASHING.contains(verb);
  }

  /** Whether the next user finds nothing that cannot be set. */
  boolean leftNothing() {
    return left.isEmpty();
  }

  /** Whether a transfer has not ended. */
  boolean isCarrying() {
    return left.contains(Left.TRANSFER);
  }

  /**
   * Sends a command that moves no data and needs nothing beside it. What has a method of its own
   * here is not for this one, nor what changes the session for good (USER, TYPE, REST, PROT).
   *
   * @return the reply, whatever it says: a completion, intermediate or negative one
   * @throws ReplyException if the server ended the session with it (421), or announces data that
   *     nobody wants (1yz); the connection is closed, or of no more use
   * @throws IOException if the connection failed; it is closed
   */
  public Reply pass(Command command) throws IOException {
    String verb = command.verb();
    require(
        !NOT_PASSED.contains(verb)
            && !CHANGING.contains(verb)
            && !FILES.contains(verb)
            && !LISTINGS.contains(verb),
        command);
    Reply reply = exchange(command);
    if (verb.equals("RNTO")) {
      left.remove(Left.RENAME); // Whatever came of it: RNFR is needed again.
    }
    if (MOVING.contains(verb)) {
      inForce.forgetFolder();
    }
    leaves(command, reply);
    return reply;
  }

  private void leaves(Command command, Reply reply) {
    if (reply.isIntermediate()) {
      left.add(command.verb().equals("RNFR") ? Left.RENAME : Left.SEQUENCE);
    }
  }

  /**
   * As {@link #pass}, where something has to be set for it. A question goes in one packet with that
   * if the server is known to take it.
   *
   * @throws ReplyException if the server refuses the setting, or as of {@link #pass}
   * @throws IOException if the connection failed; it is closed
   */
  public Reply pass(Command command, Setting setting) throws IOException {
    Bundle bundle = ready(setting);
    if (!isQuestion(command)) {
      bundle.run();
      return pass(command);
    }
    int at = bundle.size();
    bundle.add(command, Bundle.WhenRefused.GO_ON, reply -> leaves(command, reply));
    if (setting.isTransferNext()) {
      connection.portAhead().ask(bundle);
    }
    return bundle.run().get(at);
  }

  /** Whether it changes nothing, even in a wrong folder. MDTM with a time sets that. */
  private static boolean isQuestion(Command command) {
    return switch (command.verb()) {
      case "SIZE", "MLST" -> true;
      case "MDTM" -> command.argument().filter(it -> Character.isDigit(it.charAt(0))).isEmpty();
      default -> false;
    };
  }

  /**
   * Sets what is to be set, if it is not.
   *
   * @throws ReplyException if the server refuses
   * @throws IOException if the connection failed; it is closed
   */
  public void set(Setting setting) throws IOException {
    ready(setting).run();
  }

  /**
   * Changes to a folder, unless the connection is in it.
   *
   * @param wanted as {@link #folder} told it once, of this connection or another of the same user
   * @throws ReplyException if the server refuses; it is not known then where the connection is
   * @throws IOException if the connection failed; it is closed
   */
  public void enter(String wanted) throws IOException {
    ready();
    inForce.enter(wanted);
  }

  /**
   * Passes on a change of the working folder: CWD, CDUP, XCWD, XCUP. Where it has led to only the
   * server can tell, as of a link.
   *
   * @return the reply, whatever it says
   * @throws ReplyException as of {@link #pass}
   * @throws IOException if the connection failed; it is closed
   */
  public Reply change(Command command) throws IOException {
    require(CHANGING.contains(command.verb()), command);
    ready();
    return inForce.change(command);
  }

  /**
   * As {@link #change}, and asks where that has led to: {@link #folder} knows it then. In one
   * packet with what has to be set for it, if the server is known to take that.
   *
   * @throws ReplyException if the server refuses the setting, or does not tell its folder, or as of
   *     {@link #pass}
   * @throws IOException if the connection failed; it is closed
   */
  public Reply change(Command command, Setting setting) throws IOException {
    require(CHANGING.contains(command.verb()), command);
    ready();
    return inForce.change(command, setting);
  }

  /**
   * The working folder as the server writes it, which may be no pathname with slashes. The server
   * is asked if it is not known.
   *
   * @throws ReplyException if the server does not tell
   * @throws IOException if the connection failed; it is closed
   */
  public String folder() throws IOException {
    ready();
    return inForce.folder();
  }

  /**
   * The working folder as the server tells it now (PWD).
   *
   * @throws ReplyException if the server does not tell
   * @throws ProtocolException if it tells none that can be entered; the connection is of no more
   *     use
   * @throws IOException if the connection failed; it is closed
   */
  public String askFolder() throws IOException {
    ready();
    return inForce.askFolder();
  }

  /**
   * Sets the representation type, unless it is set so (TYPE, RFC 959 section 4.1.2).
   *
   * @param wanted {@code A} or {@code I}
   * @throws ReplyException if the server refuses
   * @throws IOException if the connection failed; it is closed
   */
  public void useType(char wanted) throws IOException {
    if (wanted != 'A' && wanted != 'I') {
      throw new IllegalArgumentException("neither A nor I: " + wanted);
    }
    ready();
    inForce.useType(wanted);
  }

  /**
   * Sets which permissions new files do not get (SITE UMASK), where that can be undone: where the
   * server tells its own mask. It holds until {@link #useOwnUmask}.
   *
   * @param mask in octal digits
   * @return the reply, whatever it says; empty, and nothing was done, if it could not be undone
   * @throws ReplyException as of {@link #pass}
   * @throws IOException if the connection failed; it is closed
   */
  public Optional<Reply> setUmask(String mask) throws IOException {
    return umask.set(mask);
  }

  /**
   * Sets a mask, unless it is set so.
   *
   * @param mask that {@link #setUmask} has set once, on this connection or another one
   * @throws ReplyException if the server refuses
   * @throws IOException if the connection failed; it is closed
   */
  public void useUmask(String mask) throws IOException {
    if (umask.is(mask)) {
      return;
    }
    Reply reply = umask.set(mask).orElseThrow(() -> new ProtocolException("no mask is told"));
    ready().completed(Command.of("SITE", "UMASK " + mask), reply);
  }

  /**
   * Sets the server's own mask, unless it is in force.
   *
   * @throws ReplyException if the server refuses
   * @throws IOException if the connection failed; it is closed
   */
  public void useOwnUmask() throws IOException {
    Optional<Reply> reply = umask.reset();
    if (reply.isPresent()) {
      ready().completed(Command.of("SITE", "UMASK"), reply.get());
    }
  }

  /**
   * Has HASH tell a digest (OPTS HASH), unless it does so already.
   *
   * @param algorithm as FEAT writes it
   * @throws ReplyException if the server refuses
   * @throws IOException if the connection failed; it is closed
   */
  public void useHash(String algorithm) throws IOException {
    ready();
    Optional<Reply> refusal = connection.hashing().select(algorithm);
    if (refusal.isPresent()) {
      throw connection.dialogue().refused(Hashing.choice(algorithm), refusal.get());
    }
  }

  /**
   * Has MLSD and MLST show all facts that the server has (OPTS MLST, RFC 3659 section 7.9), from
   * now on: who wants fewer has to leave the others out. A server that refuses goes on as before.
   *
   * @throws ReplyException as of {@link #pass}
   * @throws IOException if the connection failed; it is closed
   */
  public void showAllFacts() throws IOException {
    if (isAskedForAllFacts) {
      return;
    }
    isAskedForAllFacts = true;
    String facts = connection.features().parameters().getOrDefault("MLST", "");
    exchange(Command.of("OPTS", "MLST " + facts.replace("*", "")));
  }

  /**
   * Begins what moves data: RETR, STOR, APPE, STOU, LIST, NLST or MLSD. Until the carriage has
   * ended nothing else can be done with the connection.
   *
   * @param restart restart offset of a file in bytes, 0 for none; a listing has none, whatever is
   *     said here
   * @return with the server's word that it begins, and its data connection ready
   * @throws ReplyException if the server refuses that, or the data connection, or the offset; the
   *     connection may still be usable
   * @throws IOException if a connection failed; it is closed
   */
  public Carriage carry(Command command, long restart) throws IOException {
    boolean isFile = FILES.contains(command.verb());
    require(isFile || LISTINGS.contains(command.verb()), command);
    if (restart < 0) {
      throw new IllegalArgumentException("a negative offset: " + restart);
    }
    ready();
    long offset = isFile ? restart : 0;
    left.add(Left.TRANSFER);
    try {
      DataCommand begun = connection.transfers().begin(command, offset);
      return new Carriage(this, begun, begun.open(), offset);
    } catch (ReplyException e) {
      // REST comes behind EPSV: it has been accepted only if what is refused is the command itself.
      boolean isOffsetTaken = e.command().equals(command);
      if (isOffsetTaken && offset > 0 && !command.verb().equals("RETR")) {
        left.add(Left.PART);
      }
      ended(isOffsetTaken ? offset : 0);
      throw e;
    } catch (IOException e) {
      ended(0);
      throw e;
    }
  }

  /**
   * As {@link #carry}, where something has to be set for it: in one packet with the question for
   * the data connection, if the server is known to take that.
   *
   * @throws ReplyException if the server refuses the setting, or as of {@link #carry}
   * @throws IOException if a connection failed; it is closed
   */
  public Carriage carry(Command command, long restart, Setting setting) throws IOException {
    Bundle bundle = ready(setting);
    if (!bundle.isEmpty()) {
      connection.portAhead().ask(bundle);
      bundle.run();
    }
    return carry(command, restart);
  }

  /**
   * A transfer is over. A restart offset that the server has accepted may be there still: on all
   * servers measured it outlives NOOP, PWD, TYPE and EPSV, and nothing says that a refusal ends it.
   *
   * @param offset that may be left; 0 for none
   */
  void ended(long offset) {
    left.remove(Left.TRANSFER);
    if (offset == 0 || !connection.isIntact()) {
      return;
    }
    left.add(Left.RESTART);
    try {
      if (connection.dialogue().exchange(FROM_THE_START).isIntermediate()) {
        left.remove(Left.RESTART);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=restart-not-cleared connection=" + connection, e);
    }
  }

  private Reply exchange(Command command) throws IOException {
    Dialogue dialogue = ready();
    Reply reply =
        readsWholeFile(command.verb())
            ? dialogue.exchange(command, patienceForHashes())
            : dialogue.exchange(command);
    boolean isAnswer = reply.isCompletion() || reply.isIntermediate() || reply.isNegative();
    if (!isAnswer || !dialogue.isIntact()) {
      throw dialogue.refused(command, reply);
    }
    return reply;
  }

  private Duration patienceForHashes() {
    Duration usual = connection.settings().timeout();
    return usual.compareTo(WHILE_HASHING) < 0 ? WHILE_HASHING : usual;
  }

  /** The dialogue, when it is our turn to speak, with names that go as they are. */
  private Dialogue ready() {
    if (isCarrying()) {
      throw new IllegalStateException(connection + ": a transfer has not ended");
    }
    Dialogue dialogue = connection.dialogue();
    dialogue.writeNamesBy(() -> NameCoding.UTF_8);
    return dialogue;
  }

  /** What has to be said for a setting, when it is our turn to speak. */
  private Bundle ready(Setting setting) {
    ready();
    return inForce.bundle(setting);
  }

  private static void require(boolean isFit, Command command) {
    if (!isFit) {
      throw new IllegalArgumentException("not to be passed on so: " + command.verb());
    }
  }
}
