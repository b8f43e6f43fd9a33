package dev.berth.session;

import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes what {@code alice} and {@code bob} ask for on to a server behind that is kept in memory.
 * What it does in between, each test says.
 */
final class RelayBackend implements Backend {
  private static final Set<String> MOVING = Set.of("RETR", "LIST", "STOR");

  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** What answers a command that moves no data. */
  final Map<String, Answering> answers = new ConcurrentHashMap<>();

  /** The commands that were passed on, with their arguments. */
  final List<String> served = new CopyOnWriteArrayList<>();

  final AtomicInteger opened = new AtomicInteger(); // relays
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger completed = new AtomicInteger(); // transfers
  final AtomicInteger ended = new AtomicInteger();
  final CountDownLatch aborted = new CountDownLatch(1);

  volatile Answering beginning = command -> Reply.of(150, "Here it comes.");
  volatile Answering completing = command -> Reply.of(226, "Whole, says the server behind.");

  /** Runs while data is moved, before the first byte. */
  volatile Answering moving = command -> Reply.of(200, "Nothing to wait for.");

  /** What the server behind does. */
  interface Answering {
    Reply answer(RelayedCommand command) throws IOException, InterruptedException;
  }

  @Override
  public Login login(LoginRequest request) {
    opened.incrementAndGet();
    return new Login.Relayed(new MemoryRelay(), request.user());
  }

  /** Holds the client, and waits for a turn that only the test gives, or the end of the session. */
  static Answering holding(CountDownLatch turn) {
    return command -> {
      CountDownLatch over = new CountDownLatch(1);
      command.register(over::countDown);
      command.hold("You are third.");
      boolean isMine = false;
      while (!isMine && over.getCount() > 0) {
        isMine = turn.await(10, TimeUnit.MILLISECONDS);
      }
      if (command.isEnded()) {
        throw new RelayFailed(Reply.of(450, "Nobody is there to be served."));
      }
      return Reply.of(125, "It is your turn.");
    };
  }

  static RelayFailed refused(int code, String text) {
    return new RelayFailed(Reply.of(code, text));
  }

  private final class MemoryRelay implements Relay {
    @Override
    public boolean serves(String verb, String argument) {
      return MOVING.contains(verb) || answers.containsKey(verb);
    }

    @Override
    public List<String> features() {
      return List.of("SIZE", "REST STREAM");
    }

    @Override
    public void serve(RelayedCommand command) throws IOException, InterruptedException {
      served.add((command.verb() + " " + command.argument()).strip());
      if (MOVING.contains(command.verb())) {
        command.transfer(new MemoryTransfer(command));
      } else {
        command.reply(answers.get(command.verb()).answer(command));
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private final class MemoryTransfer implements RelayedTransfer {
    private final RelayedCommand command;
    private volatile long moved;

    MemoryTransfer(RelayedCommand command) {
      this.command = command;
    }

    @Override
    public Reply begin() throws IOException, InterruptedException {
      return beginning.answer(command);
    }

    @Override
    public void move(DataConnection client) throws IOException, InterruptedException {
      moving.answer(command);
      if (isUpload()) {
        receive(client);
        return;
      }
      byte[] content = files.getOrDefault(command.argument(), new byte[0]);
      int offset = (int) command.restart();
      client.write(ByteBuffer.wrap(Arrays.copyOfRange(content, offset, content.length)));
      moved = content.length - offset;
    }

    private void receive(DataConnection client) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (client.read(buffer.clear()) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
        moved = all.size();
      }
      files.put(command.argument(), all.toByteArray());
    }

    @Override
    public long moved() {
      return moved;
    }

    @Override
    public boolean isUpload() {
      return command.verb().equals("STOR");
    }

    @Override
    public Reply complete() throws IOException {
      completed.incrementAndGet();
      try {
        return completing.answer(command);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void abort() {
      aborted.countDown();
    }

    @Override
    public void close() {
      ended.incrementAndGet();
    }
  }
}
