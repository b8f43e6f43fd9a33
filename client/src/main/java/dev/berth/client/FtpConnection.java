package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.wire.Command;
import dev.berth.wire.Features;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One connection to a server, logged in: its commands and transfers. Made by {@link Connector},
 * closed by whoever got it from there. One thread at a time may call it.
 *
 * <p>All pathnames are absolute and the representation type stays image, so that one use leaves
 * nothing behind that could change the next. What others ask for is passed on by a {@link Passage}.
 */
public final class FtpConnection {
  private static final Logger LOG = System.getLogger(FtpConnection.class.getName());
  private static final Command NOOP = Command.of("NOOP");
  private static final Command QUIT = Command.of("QUIT");
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Dialogue dialogue;
  private final ServerTraits traits;
  private final ListingRoom listings;
  private final Features features;
  private final RemotePath loginFolder;
  private final boolean protectsData;
  private final ConnectSettings settings;
  private final Duration loginTook;
  private final Transfers transfers;
  private final PortAhead portAhead;
  private final KeepingAlive keepingAlive;
  private final Hashing hashing;
  private final Passage passage;

  FtpConnection(
      Dialogue dialogue,
      ServerTraits traits,
      ListingRoom listings,
      Features features,
      RemotePath loginFolder,
      boolean protectsData,
      ConnectSettings settings) {
    this.dialogue = dialogue;
    this.traits = traits;
    this.listings = listings;
    this.features = features;
    this.loginFolder = loginFolder;
    this.protectsData = protectsData;
    this.settings = settings;
    this.loginTook = dialogue.age();
    this.transfers = new Transfers(this);
    this.portAhead = new PortAhead(this);
    this.keepingAlive = new KeepingAlive(this);
    this.hashing = new Hashing(this);
    this.passage = new Passage(this);
  }

  /** The folder in which the server put us at login. */
  public RemotePath loginFolder() {
    return loginFolder;
  }

  /** How long it took from the connect until all was ready. */
  public Duration loginTook() {
    return loginTook;
  }

  /** What the server says it can do. */
  public Features features() {
    return features;
  }

  /**
   * Whether it may be used again: every reply that was owed has come and been understood, no
   * transfer is begun, its {@link #passage} has left nothing behind that the next user cannot set,
   * and nothing has arrived unasked (as the 421 of a server that waited too long does).
   */
  public boolean isReusable() {
    return mayGoOn() && passage.leftNothing() && !(traits.isTls12Only() && isInTls13());
  }

  /** As {@link #isReusable}, for whoever has used it last: nothing is left by others. */
  public boolean mayGoOn() {
    return dialogue.isIntact()
        && !transfers.hasBegun()
        && !passage.isCarrying()
        && dialogue.control().isQuiet();
  }

  /**
   * Whether the dialogue is in order, so that more may be done on it; transfers may have been
   * begun.
   */
  public boolean isIntact() {
    return dialogue.isIntact();
  }

  /** Why the server ended the session, if it has, and said so (421). */
  public Optional<Refusal> farewell() {
    return dialogue.farewell();
  }

  /**
   * Asks for an answer, to see that the server is still there.
   *
   * @throws IOException if it is not; the connection is closed
   */
  public void verify() throws IOException {
    dialogue.complete(NOOP);
  }

  /**
   * Says something that keeps the server from closing a connection that rests, by what it counts as
   * use ({@link dev.berth.dialects.KeepAlive}). Never during a transfer.
   *
   * @throws IOException if the connection has ended; it is closed
   */
  public void keepAlive() throws IOException {
    keepingAlive.takeTurn();
  }

  /**
   * How long it was not used: since the last reply to a command of its user. What {@link
   * #keepAlive} says does not count, for nobody knows whether the server counts it; but for a
   * listing.
   */
  public Duration rested() {
    return dialogue.rested();
  }

  /**
   * Hears why the server has ended the session, if it has while nobody listened.
   *
   * @return its 421, as {@link #farewell}
   */
  public Optional<Refusal> hearFarewell() {
    try {
      if (dialogue.isIntact() && !transfers.hasBegun() && !dialogue.control().isQuiet()) {
        dialogue.receive(FAREWELL);
        dialogue.spoil();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=ended-without-a-word connection=" + dialogue, e);
    }
    return dialogue.farewell();
  }

  /**
   * What a folder holds.
   *
   * @throws ReplyException if there is no such folder, or it may not be read
   * @throws ListingTooLarge if it is beyond all bounds
   * @throws FolderUnreadable if the server completed an empty listing, and says why
   * @throws IOException if the connection failed, which is closed then, or the listing was cut
   */
  public Listing list(RemotePath folder) throws IOException {
    return new FolderLister(this).list(folder);
  }

  /**
   * What a folder holds as LIST tells it, even where there is MLSD: ProFTPD and pyftpdlib leave out
   * of that the links that lead nowhere.
   *
   * @throws ReplyException if there is no such folder, or it may not be read
   * @throws ListingTooLarge if it is beyond all bounds
   * @throws FolderUnreadable if the server completed an empty listing, and says why
   * @throws IOException if the connection failed, which is closed then, or the listing was cut
   */
  public Listing listPlainly(RemotePath folder) throws IOException {
    return new FolderLister(this).listPlainly(folder);
  }

  /**
   * What stands at a pathname; nothing if the server says that there is nothing, or nothing that we
   * may see.
   *
   * @return an entry whose name is the pathname's last one; empty name never
   * @throws IOException if the connection failed; it is closed
   */
  public Optional<ListingEntry> find(RemotePath path) throws IOException {
    return new EntryFinder(this).findAsTyped(path);
  }

  /**
   * Begins to retrieve a file (RETR). Run it before anything else is done with the connection, but
   * for transfers begun ahead.
   *
   * @param offset restart offset in bytes (RFC 3659 section 5.3); 0 for the whole file
   * @throws IOException if the connection failed; it is closed
   */
  public Retrieval beginRetrieve(RemotePath file, long offset) throws IOException {
    return new Retrieval(
        transfers.begin(Command.of("RETR", file.value()), offset), transfers.buffer());
  }

  /**
   * Begins to store a file (STOR), replacing what stands there.
   *
   * @throws IOException if the connection failed; it is closed
   */
  public Storage beginStore(RemotePath file) throws IOException {
    DataCommand command = transfers.begin(Command.of("STOR", file.value()), 0);
    return new Storage(() -> new Storage.Started(command, command.open()), transfers.buffer());
  }

  /**
   * Begins to store what a file on the server lacks, behind the bytes that it has: by REST and STOR
   * (RFC 3659 section 5.3), or else by APPE. The caller has asked the server how many these are,
   * and asks again afterwards: servers differ in what they make of any other offset.
   *
   * @param offset how many bytes the server has, more than 0
   * @throws IOException if the connection failed; it is closed
   * @see #canContinueStore
   */
  public Storage continueStore(RemotePath file, long offset) throws IOException {
    return new Storage(new Continuation(this, file, offset), transfers.buffer());
  }

  /** Whether the server may take what {@link #continueStore} does: it has not refused it yet. */
  public boolean canContinueStore() {
    return traits.storeContinuation() != ServerTraits.StoreContinuation.NONE;
  }

  /**
   * The digest of a file, of the strongest kind that the server tells; nothing if it tells none.
   *
   * @param sizeBytes the file's size, by which the answer is waited for longer
   * @throws IOException if the connection failed; it is closed
   */
  public Optional<FileHash> hash(RemotePath file, long sizeBytes) throws IOException {
    return hashing.of(file, sizeBytes);
  }

  Hashing hashing() {
    return hashing;
  }

  /** Whether the server says that it tells digests of files. */
  public boolean tellsHashes() {
    return hashing.isOffered();
  }

  /**
   * Whether another retrieval may be begun while one has yet to run: the server is known to keep
   * commands in order. Measured on vsftpd; ProFTPD in TLS, pyftpdlib and Pure-FTPd break.
   */
  public boolean mayBeginAhead() {
    return transfers.mayBeginAhead();
  }

  /**
   * Checks that a name can be written in the server's charset. Ask it before a file is sent that is
   * to get the name in the end.
   *
   * @throws FileSystemException if it cannot
   */
  public void requireWritable(RemotePath file) throws FileSystemException {
    dialogue.coded(Command.of("RNTO", file.value()));
  }

  /**
   * The size of a file in bytes (SIZE, RFC 3659 section 4); nothing if the server does not tell.
   *
   * @throws IOException if the connection failed; it is closed
   */
  public OptionalLong size(RemotePath file) throws IOException {
    Reply reply = dialogue.exchange(Command.of("SIZE", file.value()));
    return sizeOf(reply);
  }

  /** Makes a folder (MKD). */
  public void makeFolder(RemotePath folder) throws IOException {
    dialogue.complete(Command.of("MKD", folder.value()));
  }

  /** Deletes a file (DELE). */
  public void delete(RemotePath file) throws IOException {
    dialogue.complete(Command.of("DELE", file.value()));
  }

  /** Removes a folder that holds nothing (RMD). */
  public void removeFolder(RemotePath folder) throws IOException {
    dialogue.complete(Command.of("RMD", folder.value()));
  }

  /**
   * Gives a file or folder another name (RNFR, RNTO).
   *
   * @throws ReplyException if the server refused either; RNFR alone leaves nothing behind
   * @throws IOException if the connection failed; it is closed
   */
  public void rename(RemotePath from, RemotePath to) throws IOException {
    new Renamer(this).rename(from, to);
  }

  /**
   * Gives a stored file its final name, provided that the server has all of it: SIZE, RNFR and RNTO
   * with one wait less than one by one, where the server takes that.
   *
   * @param expected the size that was sent, in bytes
   * @return the size that the server tells; renamed only if it is the expected one
   * @throws ReplyException if the server refused the rename
   * @throws IOException if the connection failed; it is closed
   */
  public OptionalLong renameIfWhole(RemotePath from, RemotePath to, long expected)
      throws IOException {
    return new Renamer(this).renameIfWhole(from, to, expected);
  }

  /**
   * Passes on what others ask for, as they ask for it. A connection that is used so is used in no
   * other way: of the other methods only those that tell of its state, {@link #verify}, {@link
   * #keepAlive}, {@link #hearFarewell}, {@link #quit} and {@link #abort} may be called.
   *
   * @return always the same
   */
  public Passage passage() {
    return passage;
  }

  /** Reads and sets times and permissions. */
  public Attributes attributes() {
    return new Attributes(this);
  }

  /**
   * Leaves in order: QUIT, its reply, the server's own close, so that the server frees the place
   * (RFC 959 section 4.1.1). Never fails: what cannot be closed in order within the time is closed
   * at once.
   *
   * @param within for all of it
   */
  public void quit(Duration within) {
    Deadline deadline = Deadline.after(within);
    try {
      if (dialogue.isIntact() && !transfers.hasBegun() && !passage.isCarrying()) {
        dialogue.send(List.of(QUIT));
        dialogue.receive(deadline.remaining());
        dialogue.control().closeGracefully(deadline);
      } else {
        dialogue.abort();
      }
    } catch (IOException | IllegalStateException e) {
      // Or the program has closed its watchdog: then nothing may wait any more.
      LOG.log(Level.DEBUG, "event=quit-failed connection=" + dialogue, e);
      dialogue.abort();
    }
  }

  /** Closes at once, from whatever thread: a read or write under way fails. */
  public void abort() {
    dialogue.abort();
  }

  Dialogue dialogue() {
    return dialogue;
  }

  ServerTraits traits() {
    return traits;
  }

  /** Where its listings must fit while they are read. */
  ListingRoom listings() {
    return listings;
  }

  /** Where and how it was made. */
  ConnectSettings settings() {
    return settings;
  }

  /** Its transfers that are begun. */
  Transfers transfers() {
    return transfers;
  }

  /** The port of the next one, if it was asked for already. */
  PortAhead portAhead() {
    return portAhead;
  }

  /** Whether the next data connection is to be made by the server. */
  boolean usesActiveMode() {
    return switch (settings.data().mode()) {
      case AUTO -> traits.data().isPassiveImpossible();
      case PASSIVE -> false;
      case ACTIVE -> true;
    };
  }

  boolean protectsData() {
    return protectsData;
  }

  /** Whether the next data connection would be one of TLS 1.3 with no session to resume. */
  boolean lacksTicket() {
    return isInTls13() && !dialogue.control().canResumeTls();
  }

  private boolean isInTls13() {
    return dialogue.control().tls().map(tls -> tls.version().equals("TLSv1.3")).orElse(false);
  }

  boolean isOverIpv6() {
    return dialogue.control().remote().getAddress() instanceof Inet6Address;
  }

  static OptionalLong sizeOf(Reply reply) {
    String digits = reply.text().strip();
    boolean isNumber =
        reply.isFileStatus()
            && !digits.isEmpty()
            && digits.length() <= 18
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
  }

  @Override
  public String toString() {
    return dialogue.toString();
  }
}
