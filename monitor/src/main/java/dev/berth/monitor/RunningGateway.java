package dev.berth.monitor;

import io.avaje.jsonb.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The note that a running gateway leaves in the state folder, for its own user alone: where it can
 * be asked, and with what secret.
 *
 * @param pid its process
 * @param started when that began, for numbers of processes come again
 * @param address {@code 127.0.0.1:40123}
 * @param secret what goes behind {@code Authorization: Bearer}
 * @param listeners where it awaits clients
 */
@Json
public record RunningGateway(
    long pid, String started, String address, String secret, List<String> listeners) {
  private static final String FOLDER = "gateways";
  private static final String ENDING = ".json";
  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 30_000;
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int MOST_NOTE_BYTES = 64 * 1024;

  public RunningGateway {
    listeners = List.copyOf(listeners);
  }

  /**
   * What was found in a state folder.
   *
   * @param running gateways whose process lives, in the order of their numbers
   * @param stale notes of those that were killed
   */
  public record Found(List<RunningGateway> running, List<Path> stale) {
    public Found {
      running = List.copyOf(running);
      stale = List.copyOf(stale);
    }
  }

  /**
   * What it has answered.
   *
   * @param status of HTTP
   * @param body JSON, or the text of the metrics
   */
  public record Answer(int status, String body) {}

  static RunningGateway ofThisProcess(
      InetSocketAddress address, String secret, List<String> listeners) {
    String host = address.getAddress().getHostAddress();
    String shown = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    return new RunningGateway(
        ProcessHandle.current().pid(), start(ProcessHandle.current()), shown, secret, listeners);
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /** Writes it; nobody else may read it at any moment. */
  Path write(Path stateFolder) throws IOException {
    Path folder = stateFolder.resolve(FOLDER);
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = folder.resolve(pid + ENDING);
    Path part = folder.resolve("." + UUID.randomUUID());
    try {
      try (var out =
          Files.newByteChannel(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        String json = Pages.json(RunningGateway.class, this) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }

  static void erase(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Looks for gateways that keep their state there.
   *
   * @throws IOException if the folder or a note cannot be read
   */
  public static Found find(Path stateFolder) throws IOException {
    Path folder = stateFolder.resolve(FOLDER);
    List<RunningGateway> running = new ArrayList<>();
    List<Path> stale = new ArrayList<>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> notes;
      try (Stream<Path> files = Files.list(folder)) {
        notes = files.filter(it -> it.toString().endsWith(ENDING)).sorted().toList();
      }
      for (Path note : notes) {
        look(note, running, stale);
      }
    }
    return new Found(running, stale);
  }

  private static void look(Path note, List<RunningGateway> running, List<Path> stale)
      throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(note)) {
      text = new String(in.readNBytes(MOST_NOTE_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return; // It has ended meanwhile.
    }
    try {
      RunningGateway gateway = Pages.read(RunningGateway.class, text);
      if (gateway.isAlive()) {
        running.add(gateway);
      } else {
        stale.add(note);
      }
    } catch (RuntimeException e) {
      throw new IOException(note + " is no note of a gateway: " + e.getMessage(), e);
    }
  }

  /** Whether the process lives, and is the one that wrote this. */
  private boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(RunningGateway::start)
        .filter(now -> now.isEmpty() || started.isEmpty() || now.equals(started))
        .isPresent();
  }

  /**
   * Asks it. Blocks, half a minute at the most.
   *
   * @param method {@code GET} or {@code POST}
   * @param path with its query: {@code /pause?upstream=acme}
   * @throws IOException if it does not answer
   */
  public Answer ask(String method, String path) throws IOException {
    HttpURLConnection http =
        (HttpURLConnection)
            URI.create("http://" + address + path).toURL().openConnection(Proxy.NO_PROXY);
    try {
      http.setConnectTimeout(CONNECT_MILLIS);
      http.setReadTimeout(READ_MILLIS);
      http.setInstanceFollowRedirects(false);
      http.setRequestMethod(method);
      http.setRequestProperty("Authorization", "Bearer " + secret);
      if (method.equals("POST")) {
        http.setDoOutput(true);
        http.setFixedLengthStreamingMode(0);
        http.getOutputStream().close();
      }
      int status = http.getResponseCode();
      try (InputStream in = status < 400 ? http.getInputStream() : http.getErrorStream()) {
        byte[] body = in == null ? new byte[0] : in.readNBytes(MOST_BYTES);
        return new Answer(status, new String(body, StandardCharsets.UTF_8));
      }
    } finally {
      http.disconnect();
    }
  }

  @Override
  public String toString() {
    return "gateway " + pid + " at " + address;
  }
}
