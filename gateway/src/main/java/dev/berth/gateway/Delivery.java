package dev.berth.gateway;

import dev.berth.client.Carriage;
import dev.berth.client.FileHash;
import dev.berth.client.FtpConnection;
import dev.berth.client.Passage;
import dev.berth.client.ReplyException;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt to bring one file to the server, over one connection: under a temporary name,
 * compared, and renamed. Goes on where an earlier attempt has stopped, one of a gateway that was
 * killed too. Confined to one thread.
 */
final class Delivery {
  private static final Pattern SIZE = Pattern.compile("\\s*([0-9]{1,18})\\s*");
  private static final int NO_SPACE = 552;
  private static final int NOT_LOGGED_IN = 530;
  private static final int NO_SUCH_FILE = 550;

  private final Spool spool;
  private final Spool.Pending pending;
  private final FtpConnection connection;
  private final Passage passage;
  private final boolean isStraight;

  /** What came of it. */
  sealed interface Outcome {
    /**
     * The server has it under its name.
     *
     * @param check how that is known: {@code size}, the name of a digest, or {@code reply}
     */
    record Delivered(SpooledFile file, String check) implements Outcome {}

    /** Not this time. */
    record Later(String words) implements Outcome {}

    /** The server has refused this file for good. */
    record Never(String words) implements Outcome {}

    /** It is not wanted any more. */
    record Gone() implements Outcome {}
  }

  /** What SIZE tells of a name. */
  private sealed interface Size {
    record Bytes(long count) implements Size {}

    record NoFile() implements Size {}

    record Unknown() implements Size {}
  }

  /**
   * An attempt.
   *
   * @param isStraight whether the server is known to take no temporary names
   */
  Delivery(Spool spool, Spool.Pending pending, FtpConnection connection, boolean isStraight) {
    this.spool = spool;
    this.pending = pending;
    this.connection = connection;
    this.passage = connection.passage();
    this.isStraight = isStraight;
  }

  /**
   * Makes it.
   *
   * @throws IOException if a connection failed, or our disk
   */
  Outcome run() throws IOException, InterruptedException {
    SpooledFile file = pending.file();
    try {
      if (file.isRenaming()) {
        return rename(file, true, "size");
      }
      boolean canStepAside = !isStraight && file.origin().canHaveTemporary(connection.features());
      return file.stage() == SpooledFile.Stage.STRAIGHT || !canStepAside ? straight() : aside();
    } catch (ReplyException e) {
      return refused(e.command() + ": ", e.reply());
    }
  }

  private static Outcome refused(String what, Reply reply) {
    String words = what + Words.oneLine(reply.toString());
    return isForGood(reply) ? new Outcome.Never(words) : new Outcome.Later(words);
  }

  /** A full disk is emptied again, and a login comes back. */
  private static boolean isForGood(Reply reply) {
    return reply.isPermanentNegative() && reply.code() != NO_SPACE && reply.code() != NOT_LOGGED_IN;
  }

  private Optional<SpooledFile> at(SpooledFile.Stage stage)
      throws IOException, InterruptedException {
    return spool.change(pending, file -> Optional.of(file.at(stage)));
  }

  private Outcome aside() throws IOException, InterruptedException {
    Optional<SpooledFile> sending = at(SpooledFile.Stage.SENDING);
    if (sending.isEmpty()) {
      return new Outcome.Gone();
    }
    SpooledFile file = sending.get();
    passage.enter(file.origin().folder());
    try {
      store(file, file.temporary());
    } catch (ReplyException e) {
      if (isForGood(e.reply())) {
        return straight();
      }
      throw e;
    }
    Size size = size(file, file.temporary());
    if (isCut(file, size) || isOther(file)) {
      passage.pass(Command.of("DELE", file.temporary()));
      return new Outcome.Later("the server has other bytes, or not " + file.sizeBytes());
    }
    boolean isSeen = size instanceof Size.Bytes;
    Optional<SpooledFile> renaming =
        at(isSeen ? SpooledFile.Stage.RENAMING : SpooledFile.Stage.RENAMING_UNSEEN);
    return renaming.isEmpty()
        ? new Outcome.Gone()
        : rename(renaming.get(), false, isSeen ? check(file) : "reply");
  }

  private void store(SpooledFile file, String name) throws IOException {
    passage.useType(file.type());
    passage.useOwnUmask(); // A client may have set another one on this connection.
    try (FileChannel content = spool.content(file)) {
      Carriage carriage = passage.carry(Command.of("STOR", name), 0);
      try {
        send(content, file.sizeBytes(), carriage);
        carriage.complete();
      } finally {
        carriage.abort(); // Of what has ended nothing is left to abort.
      }
    }
  }

  private static void send(FileChannel content, long size, Carriage carriage) throws IOException {
    if (content.size() != size) {
      throw new IOException("the spool is damaged: " + content.size() + " bytes, not " + size);
    }
    try {
      carriage.data().send(content, 0, size);
    } catch (IOException e) {
      throw carriage.brokenOff(e);
    }
  }

  /** In type A sizes are the server's own affair. */
  private Size size(SpooledFile file, String name) throws IOException {
    if (file.type() != 'I') {
      return new Size.Unknown();
    }
    passage.useType('I');
    Reply reply = passage.pass(Command.of("SIZE", name));
    Matcher shape = SIZE.matcher(reply.text());
    if (reply.isCompletion() && shape.matches()) {
      return new Size.Bytes(Long.parseLong(shape.group(1)));
    }
    return reply.code() == NO_SUCH_FILE ? new Size.NoFile() : new Size.Unknown();
  }

  private static boolean isCut(SpooledFile file, Size size) {
    return size instanceof Size.Bytes(long count) && count != file.sizeBytes();
  }

  private boolean asksForDigests(SpooledFile file) {
    return file.type() == 'I' && connection.tellsHashes() && connection.features().has("TVFS");
  }

  private String check(SpooledFile file) {
    return asksForDigests(file) ? "digest" : "size";
  }

  /** Whether the server tells of other octets than ours. */
  private boolean isOther(SpooledFile file) throws IOException {
    if (!asksForDigests(file)) {
      return false;
    }
    SpoolPath there = new SpoolPath(file.origin().folder(), file.temporary());
    Optional<String> path = there.key(connection.features());
    if (path.isEmpty()) {
      return false;
    }
    Optional<FileHash> told = connection.hash(new RemotePath(path.get()), file.sizeBytes());
    if (told.isEmpty()) {
      return false;
    }
    try (FileChannel content = spool.content(file)) {
      return !told.get().algorithm().of(content).equals(told.get().hex());
    }
  }

  /**
   * RFC 959 section 4.1.3: RNFR, RNTO.
   *
   * @param isAgain whether an earlier attempt may have done it, and not have noted that
   */
  private Outcome rename(SpooledFile file, boolean isAgain, String check)
      throws IOException, InterruptedException {
    passage.enter(file.origin().folder());
    Reply from = passage.pass(Command.of("RNFR", file.temporary()));
    if (!from.isIntermediate()) {
      return notThere(file, isAgain, from);
    }
    Reply to = passage.pass(Command.of("RNTO", target(file)));
    if (to.isPermanentNegative() && isThere(file)) {
      // As of IIS and others that rename over nothing.
      passage.pass(Command.of("DELE", target(file)));
      from = passage.pass(Command.of("RNFR", file.temporary()));
      to = from.isIntermediate() ? passage.pass(Command.of("RNTO", target(file))) : from;
    }
    if (to.isCompletion()) {
      return new Outcome.Delivered(file, check);
    }
    return isForGood(to) ? straight() : refused("RNTO: ", to);
  }

  /** As seen from the folder of its temporary name. */
  private String target(SpooledFile file) {
    boolean isSameFolder = file.target().folder().equals(file.origin().folder());
    return isSameFolder
        ? file.target().argument()
        : file.target().key(connection.features()).orElse(file.target().argument());
  }

  private boolean isThere(SpooledFile file) throws IOException {
    return size(file, target(file)) instanceof Size.Bytes;
  }

  /**
   * Nothing can be renamed. If SIZE has told of the temporary name before, and knows it no more, it
   * has been renamed; who takes files away from there may have taken it already.
   */
  private Outcome notThere(SpooledFile file, boolean isAgain, Reply refusal)
      throws IOException, InterruptedException {
    Size size = size(file, file.temporary());
    if (isAgain && size instanceof Size.NoFile && file.stage() == SpooledFile.Stage.RENAMING) {
      return new Outcome.Delivered(file, "size");
    }
    boolean isNotNow = size instanceof Size.Bytes && !isForGood(refusal);
    return isNotNow ? refused("RNFR: ", refusal) : straight();
  }

  /** Under its own name from the first octet on, where the server takes no other. */
  private Outcome straight() throws IOException, InterruptedException {
    SpooledFile.Stage before = pending.file().stage();
    Optional<SpooledFile> sending = at(SpooledFile.Stage.STRAIGHT);
    if (sending.isEmpty()) {
      return new Outcome.Gone();
    }
    SpooledFile file = sending.get();
    passage.enter(file.target().folder());
    store(file, file.target().argument());
    Size size = size(file, file.target().argument());
    if (isCut(file, size)) {
      return new Outcome.Later("the server has not " + file.sizeBytes() + " bytes");
    }
    if (before != SpooledFile.Stage.RECEIVED) {
      passage.enter(file.origin().folder());
      passage.pass(Command.of("DELE", file.temporary()));
    }
    return new Outcome.Delivered(file, size instanceof Size.Bytes ? "size" : "reply");
  }
}
