package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that share a budget, some of them killed: the server never counts more than its limit.
 */
@Timeout(120)
class SharingRaceTest {
  private static final int LIMIT = 3;
  private static final int PROGRAMS = 6;
  private static final int CONNECTIONS = 40;

  @TempDir Path folder;

  /** Counts the connections that are open at once, as a server does: whenever one comes. */
  private static final class Counter implements AutoCloseable {
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<SocketChannel> open = new ArrayList<>(); // confined to the accepting thread
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();

    Counter() throws IOException {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
      Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() throws IOException {
      return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private void accept() {
      try {
        while (true) {
          SocketChannel socket = listener.accept();
          socket.configureBlocking(false);
          open.removeIf(Counter::hasEnded);
          open.add(socket);
          most.accumulateAndGet(open.size(), Math::max);
          all.incrementAndGet();
        }
      } catch (IOException e) {
        assertThat(listener.isOpen()).isFalse();
      }
    }

    private static boolean hasEnded(SocketChannel socket) {
      try {
        boolean ended = socket.read(ByteBuffer.allocate(1)) < 0;
        if (ended) {
          socket.close();
        }
        return ended;
      } catch (IOException reset) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @Test
  void programsThatShareNeverHoldMoreThanTheLimit() throws Exception {
    try (Counter server = new Counter()) {
      List<Process> programs = start(server, PROGRAMS);
      List<String> said = said(programs, 0);

      assertThat(said).noneMatch(line -> line.startsWith("fault"));
      assertThat(server.most.get()).isLessThanOrEqualTo(LIMIT);
      assertThat(server.all.get()).isEqualTo(PROGRAMS * CONNECTIONS);
      System.out.println("longest wait of " + PROGRAMS + " programs: " + longest(said) + " ms");
    }
  }

  @Test
  void aKilledProgramLeavesNothingBehind() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the kills: " + seed);
    Random random = new Random(seed);
    try (Counter server = new Counter()) {
      List<Process> programs = start(server, PROGRAMS + 3);
      for (int n = 0; n < 3; n++) {
        int wait = random.nextInt(100, 700);
        boolean ended = programs.get(n).waitFor(wait, TimeUnit.MILLISECONDS);
        assertThat(ended).isFalse();
        programs.get(n).destroyForcibly().waitFor();
      }
      List<String> said = said(programs, 3);

      assertThat(said).noneMatch(line -> line.startsWith("fault"));
      assertThat(said)
          .filteredOn(line -> line.startsWith("waited"))
          .hasSize(PROGRAMS * CONNECTIONS);
      assertThat(server.most.get()).isLessThanOrEqualTo(LIMIT);
    }
  }

  private List<Process> start(Counter server, int count) throws IOException {
    List<Process> programs = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<String> command =
          List.of(
              ProcessHandle.current().info().command().orElseThrow(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              SharingChild.class.getName(),
              folder.resolve("share").toString(),
              Integer.toString(server.port()),
              Integer.toString(LIMIT),
              Integer.toString(CONNECTIONS),
              Integer.toString(n));
      programs.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out-" + n).toFile())
              .start());
    }
    return programs;
  }

  private List<String> said(List<Process> programs, int first)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int n = first; n < programs.size(); n++) {
      assertThat(programs.get(n).waitFor(60, TimeUnit.SECONDS)).isTrue();
      lines.addAll(Files.readAllLines(folder.resolve("out-" + n)));
    }
    return lines;
  }

  private static long longest(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("waited: "))
        .mapToLong(line -> Long.parseLong(line.substring("waited: ".length())))
        .max()
        .orElseThrow();
  }
}
