package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.session.Incoming;
import dev.berth.session.StoreWay;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One upload. The bytes grow under a temporary name in the folder of the file, which stays open
 * until the end: {@link #keep} forces them and moves them over the name, in one step. Only what is
 * appended to a file goes into that file. Confined to the thread that transfers.
 */
final class Upload implements Incoming {
  private static final int COPIED_AT_ONCE = 1 << 16;

  /**
   * What is to be stored.
   *
   * @param spot its place; closed with the upload
   * @param part the temporary name
   */
  record Order(
      Home home, Account account, RemotePath file, Spot spot, Path part, StoreWay way, Sync sync) {
    /** Whether a file that has come into the place meanwhile stays, and the upload is lost. */
    boolean neverReplaces() {
      return way instanceof StoreWay.Unique || !account.may(Permission.OVERWRITE);
    }

    /** Whether the client can go on if it is cut; else nothing is left of it. */
    boolean leavesPart() {
      return spot.found().isEmpty() && !neverReplaces();
    }

    Folder folder() {
      return spot.folder();
    }
  }

  private final Order order;
  private final Runnable release;
  private @Nullable SeekableByteChannel channel; // null before it is open
  private Usage.@Nullable Charge charge; // null before it is begun
  private boolean isMade; // the temporary file, by this
  private boolean isCounted; // the temporary file, among the files of the home
  private boolean isInPlace; // it is appended to the file itself
  private boolean isKept;
  private boolean isClosed;

  Upload(Order order, Runnable release) {
    this.order = order;
    this.release = release;
  }

  /** Begins under the temporary name, with what the file begins with. */
  Upload start(long copied) throws IOException {
    deleteLeft();
    isCounted = order.spot().found().isEmpty();
    long replaces = order.spot().found().map(BasicFileAttributes::size).orElse(0L);
    return orUndone(
        order.home().usage().begin(order.account().quota(), replaces, isCounted),
        () -> {
          int mode = 0666 & ~order.account().umask();
          channel = order.folder().file(order.part(), options(StandardOpenOption.CREATE_NEW), mode);
          isMade = true;
          copy(copied, opened());
        });
  }

  /** Something that opens the file. */
  @FunctionalInterface
  private interface Opening {
    void run() throws IOException;
  }

  private Upload orUndone(Usage.Charge begun, Opening opening) throws IOException {
    charge = begun;
    boolean done = false;
    try {
      opening.run();
      done = true;
      return this;
    } finally {
      if (!done) {
        undo(begun);
      }
    }
  }

  private void undo(Usage.Charge begun) throws IOException {
    if (channel != null) {
      channel.close();
    }
    if (isMade) {
      order.folder().deleteFile(order.part());
    }
    begun.isGone();
  }

  private void deleteLeft() throws IOException {
    Optional<BasicFileAttributes> left = order.folder().find(order.part());
    if (left.isPresent()) {
      order.folder().deleteFile(order.part());
      order.home().usage().change(new Usage.Amount(-left.get().size(), -1));
    }
  }

  private void copy(long count, SeekableByteChannel target) throws IOException {
    if (count == 0) {
      return;
    }
    try (SeekableByteChannel source =
        order.folder().file(order.spot().name(), Set.of(StandardOpenOption.READ), 0)) {
      long left = count;
      WritableByteChannel charged = new Charged(target);
      ByteBuffer buffer = ByteBuffer.allocate(COPIED_AT_ONCE);
      while (left > 0) {
        buffer.clear().limit((int) Math.min(left, buffer.capacity()));
        if (source.read(buffer) < 0) {
          throw Denials.beyondEnd(count - left);
        }
        left -= buffer.position();
        for (buffer.flip(); buffer.hasRemaining(); ) {
          charged.write(buffer);
        }
      }
    }
  }

  /** Goes on with what has come of a cut upload, from an offset in it. */
  Upload goOn(long size, long offset) throws IOException {
    if (offset < size && !order.folder().cutsFiles()) {
      throw new Denial(Denial.Reason.NOT_SUPPORTED, "It goes on only at the end, " + size + ".");
    }
    isCounted = true;
    return orUndone(
        order.home().usage().begin(order.account().quota(), 0, false),
        () -> {
          cut(size, offset);
          channel = order.folder().file(order.part(), options(StandardOpenOption.APPEND), 0);
        });
  }

  private void cut(long size, long offset) throws IOException {
    if (offset < size) {
      try (SeekableByteChannel longer = order.folder().file(order.part(), options(), 0)) {
        longer.truncate(offset);
      }
      order.home().usage().change(new Usage.Amount(offset - size, 0));
    }
  }

  /** Behind what is in the file, in the file itself. */
  Upload append() throws IOException {
    isInPlace = true;
    return orUndone(
        order.home().usage().begin(order.account().quota(), 0, false),
        () ->
            channel =
                order.folder().file(order.spot().name(), options(StandardOpenOption.APPEND), 0));
  }

  private Set<OpenOption> options(OpenOption... more) {
    Set<OpenOption> options = new HashSet<>(Set.of(more));
    options.add(StandardOpenOption.WRITE);
    if (order.sync() == Sync.ALWAYS) {
      options.add(StandardOpenOption.DSYNC);
    }
    return options;
  }

  @Override
  public WritableByteChannel bytes() {
    return new Charged(opened());
  }

  private SeekableByteChannel opened() {
    if (channel == null) {
      throw new IllegalStateException("not open");
    }
    return channel;
  }

  private Usage.Charge charge() {
    if (charge == null) {
      throw new IllegalStateException("not begun");
    }
    return charge;
  }

  @Override
  public RemotePath path() {
    return order.file();
  }

  @Override
  public void keep() throws IOException {
    if (isKept) {
      return;
    }
    if (isClosed) {
      throw new IllegalStateException("closed before it was kept");
    }
    Denials.told(() -> {
      if (order.sync() != Sync.NEVER && opened() instanceof FileChannel file) {
        file.force(true);
      }
      opened().close();
      if (isInPlace) {
        isKept = true;
        charge().stays();
      } else {
        move();
      }
      if (order.sync() == Sync.ALWAYS) {
        order.folder().force();
      }
      return this;
    });
  }

  /** As the file that it replaces had it; else what the umask leaves, whatever the program's is. */
  private void fitMode() throws IOException {
    if (order.folder().attributes(order.part()) instanceof PosixFileAttributes made) {
      int wanted =
          order
              .spot()
              .found()
              .map(it -> Modes.number(((PosixFileAttributes) it).permissions()))
              .orElse(0666 & ~order.account().umask());
      if (wanted != Modes.number(made.permissions())) {
        order.folder().setMode(order.part(), wanted);
      }
    }
  }

  private void move() throws IOException {
    fitMode();
    Usage.Amount replaced = new Usage.Amount(0, 0);
    if (order.neverReplaces()) {
      claim();
    } else {
      replaced = there();
      order.folder().move(order.part(), order.folder(), order.spot().name());
    }
    isKept = true;
    long files = replaced.files() + (isCounted ? 1 : 0) - 1; // There is one now.
    charge().replaced(new Usage.Amount(replaced.bytes(), files));
  }

  /**
   * Moves to the name, if nothing has it. The JDK cannot move to a name only if that is free; so
   * for a moment an empty file has it, rather than that another's file is lost.
   */
  private void claim() throws IOException {
    Path name = order.spot().name();
    Folder folder = order.folder();
    folder
        .file(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 0600)
        .close();
    boolean moved = false;
    try {
      folder.move(order.part(), folder, name);
      moved = true;
    } finally {
      if (!moved) {
        folder.deleteFile(name);
      }
    }
  }

  private Usage.Amount there() throws IOException {
    Optional<BasicFileAttributes> there = order.folder().find(order.spot().name());
    if (there.isPresent() && there.get().isDirectory()) {
      throw Denials.taken();
    }
    return new Usage.Amount(
        there.map(BasicFileAttributes::size).orElse(0L), there.isPresent() ? 1 : 0);
  }

  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try (SeekableByteChannel open = channel) {
      if (!isKept && charge != null) {
        abandon(charge, open);
      }
    } finally {
      release.run();
      order.spot().close();
    }
  }

  private void abandon(Usage.Charge begun, @Nullable SeekableByteChannel open) throws IOException {
    if (isInPlace) {
      begun.stays();
      return;
    }
    if (open != null) {
      open.close();
    }
    Optional<BasicFileAttributes> left = order.folder().find(order.part());
    if (left.isPresent() && order.leavesPart() && left.get().size() > 0) {
      begun.stays();
      return;
    }
    begun.isGone();
    if (left.isPresent()) {
      order.folder().deleteFile(order.part());
    }
  }

  /** Counts before it writes. */
  private final class Charged implements WritableByteChannel {
    private final SeekableByteChannel target;

    Charged(SeekableByteChannel target) {
      this.target = target;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int asked = source.remaining();
      charge().take(asked);
      int written = 0;
      try {
        written = target.write(source);
        return written;
      } catch (IOException e) {
        throw Denials.told(e);
      } finally {
        charge().giveBack(asked - written);
      }
    }

    @Override
    public boolean isOpen() {
      return target.isOpen();
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
