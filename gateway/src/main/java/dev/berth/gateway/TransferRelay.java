package dev.berth.gateway;

import dev.berth.client.Carriage;
import dev.berth.client.FtpConnection;
import dev.berth.client.Passage;
import dev.berth.client.Setting;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.Wish;
import dev.berth.pool.Lease;
import dev.berth.pool.LeaseRequest;
import dev.berth.pool.Leasing;
import dev.berth.session.BufferShelf;
import dev.berth.session.RelayedCommand;
import dev.berth.session.RelayedTransfer;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One transfer over a leased connection, which is taken when it begins and given back when the
 * server has said its last word, or it is closed. Confined to the session's thread, but for {@link
 * #moved} and {@link #abort}.
 */
final class TransferRelay implements RelayedTransfer {
  /** FileZilla, WinSCP and FluentFTP give up after 15 s of silence and more. */
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private static final Set<String> UPLOADS = Set.of("STOR", "APPE", "STOU");
  private static final Set<String> FILES = Set.of("RETR", "STOR", "APPE", "STOU");
  private static final Set<String> NOT_REPEATABLE = Set.of("APPE", "STOU");

  private final RelayedCommand command;
  private final UpstreamAccount account;
  private final Duration patience;
  private final Leases leases;
  private final BufferShelf buffers;
  private final FactSelection facts;
  private final Way way;
  private final AtomicLong moved = new AtomicLong(); // bytes

  /** What another thread may end while the server is asked to begin, or for its last word. */
  private final AtomicReference<@Nullable FtpConnection> breakable = new AtomicReference<>();

  private final TransferSides sides;

  // Confined to whoever has the server's side: the session's thread, or that of `ahead`.
  private @Nullable Lease lease;
  private StallWatch.@Nullable Watched watched; // while it has a lease that others may have next
  private boolean isOver; // its last reply was read

  private volatile @Nullable Carriage carriage; // written by the session's thread
  private @Nullable Ahead ahead; // confined to the session's thread
  private long told; // bytes; confined to the session's thread
  private @Nullable Reply last; // confined to the session's thread: read ahead of the client

  /** Prepares a connection, and tells what is to be set on it with the command. */
  interface Way {
    Setting prepare(Passage passage) throws IOException;
  }

  TransferRelay(
      RelayedCommand command,
      UpstreamAccount account,
      Duration patience,
      Leases leases,
      BufferShelf buffers,
      FactSelection facts,
      Way way) {
    this.command = command;
    this.account = account;
    this.patience = patience;
    this.leases = leases;
    this.buffers = buffers;
    this.facts = facts;
    this.way = way;
    this.sides = new TransferSides(command, isUpload());
  }

  @Override
  public Reply begin() throws IOException, InterruptedException {
    leases.beginTransfer();
    Deadline deadline = Deadline.after(patience);
    boolean isRepeatable = !NOT_REPEATABLE.contains(command.verb());
    take(deadline);
    try {
      return carry();
    } catch (IOException e) {
      if (!Words.mayRepeat(e) || !isRepeatable || command.isEnded()) {
        throw Words.told(account.upstream(), e);
      }
    }
    end();
    leases.client().replays();
    take(deadline);
    try {
      return carry();
    } catch (IOException e) {
      throw Words.told(account.upstream(), e);
    }
  }

  private Reply carry() throws IOException {
    Passage passage = taken().connection().passage();
    Setting setting = way.prepare(passage);
    Carriage begun = passage.carry(RelaySession.line(command), command.restart(), setting);
    carriage = begun;
    isOver = false;
    command.register((Closeable) begun::cut);
    disarm();
    sides.begun(begun);
    // What a 125 says of a data connection is not true of the client's.
    return new Reply(150, begun.preliminary().lines());
  }

  /** Waits for a connection, and tells the client how it stands. */
  private void take(Deadline deadline) throws IOException, InterruptedException {
    Lease own = leases.takeReusable().orElse(null);
    if (own == null) {
      LeaseRequest request = leases.transferRequest(command.verb(), use());
      command.register((Closeable) request::withdraw);
      Deadline line = deadline.atMost(LINE_EVERY);
      Leasing leasing = request.await(line);
      // One that ends before its time is withdrawn, or finds the queue full.
      while (leasing instanceof Leasing.TimedOut && line.isOver() && !deadline.isOver()) {
        command.hold(Words.queued(account.upstream(), request.ahead()));
        line = deadline.atMost(LINE_EVERY);
        leasing = request.await(line);
      }
      if (!(leasing instanceof Leasing.Leased(Lease found))) {
        if (command.isEnded()) {
          throw Words.ended();
        }
        leases.client().isUnserved();
        throw Words.noConnection(account, leasing, request.ahead());
      }
      own = leases.own(found);
    }
    lease = own;
    sides.awaitServer();
    if (leases.areShared()) {
      watched = account.upstream().stalls().watch(sides);
    }
    breakable.set(own.connection());
    command.register(this::breakOff);
  }

  /** A listing goes with the short commands: people wait for it. */
  private Wish.Use use() {
    return FILES.contains(command.verb()) ? Wish.Use.LONG : Wish.Use.BRIEF;
  }

  /**
   * Any thread: the client wants no more, and there is no data connection that could be cut: before
   * the server has begun, or while it takes its time for its last word.
   */
  private void breakOff() {
    FtpConnection broken = breakable.getAndSet(null);
    if (broken != null) {
      broken.abort();
    }
  }

  /** From now on nobody else touches the connection; who was just about to has ended it. */
  private void disarm() {
    if (breakable.getAndSet(null) == null && lease != null) {
      lease.connection().abort();
    }
  }

  private Lease taken() {
    if (lease == null) {
      throw new IllegalStateException("no lease");
    }
    return lease;
  }

  @Override
  public void move(DataConnection client) throws IOException, InterruptedException {
    DataConnection server = begun().data();
    sides.connected(client);
    ByteBuffer buffer = buffers.take();
    try {
      if (isUpload()) {
        upload(client, server, buffer);
      } else if (command.verb().equals("MLSD")) {
        list(server, client, buffer);
      } else {
        download(server, client, buffer);
      }
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private void upload(DataConnection client, DataConnection server, ByteBuffer buffer)
      throws IOException, InterruptedException {
    while (receive(client, buffer.clear()) >= 0) {
      int count = buffer.flip().remaining();
      try {
        server.write(buffer);
      } catch (IOException e) {
        throw broken(e);
      }
      moved.addAndGet(count);
      tellMoved();
    }
  }

  /** Reads from a client that the server may be tired of meanwhile: it is full, or ends. */
  private int receive(DataConnection client, ByteBuffer buffer)
      throws IOException, InterruptedException {
    sides.awaitClient();
    int count;
    try {
      count = client.read(buffer);
    } catch (IOException e) {
      sides.awaitServer();
      throw sides.isAnswered()
          ? broken(new IOException("the server did not await the end of an upload", e))
          : e;
    }
    sides.awaitServer();
    return count;
  }

  private void download(DataConnection server, DataConnection client, ByteBuffer buffer)
      throws IOException, InterruptedException {
    Optional<Downloads> spool = account.upstream().spools().downloads();
    if (spool.isPresent()) {
      downloadAhead(spool.get(), server, client, buffer);
      return;
    }
    while (read(server, buffer.clear()) >= 0) {
      int count = buffer.flip().remaining();
      client.write(buffer);
      moved.addAndGet(count);
      tellMoved();
    }
  }

  /** Of the facts of each entry the client gets what it has chosen. */
  private void list(DataConnection server, DataConnection client, ByteBuffer buffer)
      throws IOException {
    FactFilter filter = new FactFilter(facts);
    while (read(server, buffer.clear()) >= 0) {
      show(filter.apply(buffer.flip()), client);
    }
    show(filter.end(), client);
  }

  private void show(ByteBuffer bytes, DataConnection client) throws IOException {
    int count = bytes.remaining();
    if (count > 0) {
      client.write(bytes);
      moved.addAndGet(count);
      tellMoved();
    }
  }

  private void downloadAhead(
      Downloads spool, DataConnection server, DataConnection client, ByteBuffer buffer)
      throws IOException, InterruptedException {
    Ahead own = leases.ahead(spool, new ServersSide(server), buffers, moved);
    ahead = own;
    while (last == null && read(server, buffer.clear()) >= 0) {
      last = own.write(client, buffer.flip()).orElse(null);
      tellMoved();
    }
  }

  /** What was moved since it was told last. */
  private void tellMoved() {
    long now = moved.get();
    if (isUpload()) {
      leases.client().stored(now - told);
    } else {
      leases.client().retrieved(now - told);
    }
    told = now;
  }

  /** For who reads ahead of the client. */
  private final class ServersSide implements Ahead.Origin {
    private final DataConnection server;

    ServersSide(DataConnection server) {
      this.server = server;
    }

    @Override
    public boolean isWanted() {
      Lease taken = lease;
      return account.pool().isAwaited() || (taken != null && taken.isWantedElsewhere());
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      try {
        return TransferRelay.this.read(server, into);
      } catch (IOException e) {
        release();
        throw e;
      }
    }

    @Override
    public Reply end() throws IOException {
      return complete();
    }

    @Override
    public void cut() {
      abort();
    }
  }

  private void release() {
    Lease taken = lease;
    StallWatch.Watched seen = watched;
    lease = null;
    watched = null;
    if (taken != null) {
      Duration stood = seen == null ? Duration.ZERO : seen.end();
      if (stood.isPositive()) {
        taken.stoodStill(stood);
      }
      leases.giveBack(taken);
    }
  }

  private int read(DataConnection server, ByteBuffer buffer) throws IOException {
    sides.awaitServerAlone();
    try {
      return server.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    } finally {
      sides.awaitClient();
    }
  }

  /** The server often tells why. */
  private IOException broken(IOException failure) {
    isOver = true;
    return Words.told(account.upstream(), begun().brokenOff(failure));
  }

  @Override
  public long moved() {
    return moved.get();
  }

  @Override
  public boolean isUpload() {
    return UPLOADS.contains(command.verb());
  }

  @Override
  public Reply complete() throws IOException {
    if (last != null) {
      return last;
    }
    isOver = true;
    sides.awaitServerAlone();
    breakable.set(taken().connection());
    try {
      if (command.isEnded()) {
        breakOff();
      }
      return begun().complete();
    } catch (IOException e) {
      throw Words.told(account.upstream(), e);
    } finally {
      disarm();
      release(); // How long the client takes for its end is no matter of the connection's.
    }
  }

  private Carriage begun() {
    Carriage begun = carriage;
    if (begun == null) {
      throw new IllegalStateException("not begun");
    }
    return begun;
  }

  @Override
  public void abort() {
    Carriage begun = carriage;
    if (begun != null) {
      begun.cut();
    }
    breakOff();
  }

  @Override
  public void close() throws IOException {
    Ahead own = ahead;
    ahead = null;
    try {
      if (own != null) {
        own.close();
        tellMoved();
      }
    } finally {
      end();
    }
  }

  private void end() {
    Carriage begun = carriage;
    if (begun == null) {
      disarm();
    } else if (!isOver) {
      begun.abort();
    }
    carriage = null;
    isOver = true;
    release();
  }
}
