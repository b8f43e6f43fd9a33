package dev.berth.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** What clients come to: a server itself, or a program before it. Closing it ends its processes. */
interface Front extends AutoCloseable {
  /** On 127.0.0.1. */
  int port();

  @Override
  void close() throws IOException;

  /**
   * Starts one before a server.
   *
   * @see GatewayFront
   * @see OtherFronts
   */
  @FunctionalInterface
  interface Opening {
    Front open(InetSocketAddress server) throws IOException;
  }

  /** The server itself. */
  record Direct(int port) implements Front {
    static Front of(InetSocketAddress server) {
      return new Direct(server.getPort());
    }

    @Override
    public void close() {
      // It is closed by who started it.
    }
  }

  /** A program of its own. */
  record Program(int port, Process process) implements Front {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = 50_000_000;

    /** Starts one of ours, which says on standard error where it listens. */
    static Program thatTells(ProcessBuilder builder) throws IOException {
      Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      CompletableFuture<Integer> port = new CompletableFuture<>();
      Thread.ofPlatform().daemon().start(() -> listen(process, port));
      try {
        return new Program(port.get(READY.toSeconds(), TimeUnit.SECONDS), process);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        end(process);
        throw new IOException(builder.command() + " does not listen: " + e, e);
      }
    }

    /** Reads all that it says, or it would wait with its log. */
    private static void listen(Process process, CompletableFuture<Integer> port) {
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
        String heard = "";
        String line = said.readLine();
        while (line != null && !line.contains("listening on ")) {
          heard += line + "\n";
          line = said.readLine();
        }
        if (line == null) {
          port.completeExceptionally(new IOException("it said: " + heard));
        } else {
          port.complete(Integer.valueOf(line.substring(line.lastIndexOf(':') + 1)));
          said.transferTo(Writer.nullWriter());
        }
      } catch (IOException | NumberFormatException e) {
        port.completeExceptionally(e); // Of no meaning once it listens: then it has ended.
      }
    }

    /**
     * Starts one that says nothing.
     *
     * @param log where its output goes
     */
    static Program thatAnswers(ProcessBuilder builder, int port, Path log) throws IOException {
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      long start = System.nanoTime();
      while (!answers(port)) {
        if (!process.isAlive() || System.nanoTime() - start > READY.toNanos()) {
          end(process);
          throw new IOException(builder.command() + " does not listen: " + Files.readString(log));
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
      return new Program(port, process);
    }

    private static boolean answers(int port) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return true;
      } catch (IOException notYet) {
        return false;
      }
    }

    /** By SIGTERM, and then those of its processes that are left. */
    private static void end(Process process) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      try {
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
      end(process);
    }
  }
}
