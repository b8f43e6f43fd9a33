package dev.berth.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * A server on 127.0.0.1 that says literal bytes. Each connection is played by a {@link Script} on a
 * thread of its own; a {@link CommandTable} is a script that knows a whole session. What went wrong
 * in a script is thrown by {@link #close}.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(it ->
 *     it.say("220 hi\r\n").expect("USER anonymous").dribble("331 pass", Duration.ofMillis(10)).stall())) {
 *   connect(server.address());
 * }
 * }</pre>
 */
public final class ScriptedServer implements AutoCloseable {
  private final IntFunction<Script> scripts;
  private final ServerSocket listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Conversation> conversations = new ArrayList<>(); // guarded by lock
  private final List<Thread> threads = new ArrayList<>(); // guarded by lock
  private final List<Throwable> failures = new ArrayList<>(); // guarded by lock
  private int open; // guarded by lock
  private int mostAtOnce; // guarded by lock
  private boolean isClosed; // guarded by lock
  private boolean mayFail; // guarded by lock

  private ScriptedServer(IntFunction<Script> scripts, ServerSocket listener) {
    this.scripts = scripts;
    this.listener = listener;
  }

  /**
   * Starts a server that plays the same script on every connection.
   *
   * @throws IOException when no port can be had
   */
  public static ScriptedServer start(Script script) throws IOException {
    return startAt(InetAddress.getLoopbackAddress(), script);
  }

  /**
   * Starts a server with a script for each connection in turn; the last one is played on all
   * further ones.
   *
   * @throws IOException when no port can be had
   */
  public static ScriptedServer start(List<Script> scripts) throws IOException {
    List<Script> copy = List.copyOf(scripts);
    return startWith(
        InetAddress.getLoopbackAddress(), number -> copy.get(Math.min(number, copy.size()) - 1));
  }

  /**
   * Starts a server at another address of this host than 127.0.0.1, such as {@code ::1}.
   *
   * @throws IOException when no port can be had, or there is no such address
   */
  public static ScriptedServer startAt(InetAddress address, Script script) throws IOException {
    return startWith(address, number -> script);
  }

  /**
   * Starts a server.
   *
   * @param scripts the script of a connection, by its number from 1
   * @throws IOException when no port can be had
   */
  private static ScriptedServer startWith(InetAddress address, IntFunction<Script> scripts)
      throws IOException {
    ScriptedServer server = new ScriptedServer(scripts, new ServerSocket(0, 256, address));
    AcceptLoop.start("scripted-accept", server.listener, server::begin);
    return server;
  }

  private void begin(Socket client) {
    lock.lock();
    try {
      open++;
      mostAtOnce = Math.max(mostAtOnce, open);
      Conversation conversation = new Conversation(client, conversations.size() + 1, open);
      conversations.add(conversation);
      if (isClosed) {
        conversation.end();
      }
      threads.add(
          Thread.ofVirtual()
              .name("scripted-" + conversation.number())
              .start(() -> play(conversation)));
    } finally {
      lock.unlock();
    }
  }

  private void play(Conversation conversation) {
    try {
      conversation.sendAtOnce();
      scripts.apply(conversation.number()).play(conversation);
    } catch (IOException | RuntimeException | AssertionError e) {
      fail(conversation, e);
    } finally {
      conversation.end();
      lock.lock();
      try {
        open--;
      } finally {
        lock.unlock();
      }
    }
  }

  private void fail(Conversation conversation, Throwable failure) {
    lock.lock();
    try {
      if (!isClosed && !mayFail) {
        failures.add(
            new AssertionError(
                "connection " + conversation.number() + ", heard " + conversation.heard(),
                failure));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** All conversations so far, in the order of connecting. */
  public List<Conversation> conversations() {
    lock.lock();
    try {
      return List.copyOf(conversations);
    } finally {
      lock.unlock();
    }
  }

  /** Every line that was read from clients, connection by connection. */
  public List<String> heard() {
    return conversations().stream().flatMap(it -> it.heard().stream()).toList();
  }

  /** The greatest number of connections whose scripts were being played at one time. */
  public int mostAtOnce() {
    lock.lock();
    try {
      return mostAtOnce;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Fails when a script has failed.
   *
   * @throws AssertionError the first failure, the others suppressed under it
   */
  public void verify() {
    lock.lock();
    try {
      if (!failures.isEmpty()) {
        AssertionError all = new AssertionError("a script failed: " + failures.getFirst());
        failures.forEach(all::addSuppressed);
        throw all;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes no failure of a script amiss, neither those so far nor those to come, where the test has
   * cut a script short on purpose.
   */
  public void allowFailures() {
    lock.lock();
    try {
      mayFail = true;
      failures.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends all connections and the server, then fails when a script had failed before.
   *
   * @throws IOException when a socket cannot be closed
   * @throws AssertionError when a script failed
   */
  @Override
  public void close() throws IOException {
    List<Thread> playing;
    lock.lock();
    try {
      isClosed = true;
      playing = List.copyOf(threads);
    } finally {
      lock.unlock();
    }
    listener.close();
    conversations().forEach(Conversation::end);
    for (Thread thread : playing) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    verify();
  }
}
