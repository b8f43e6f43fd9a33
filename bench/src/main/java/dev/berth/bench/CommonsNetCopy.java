package dev.berth.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;

/**
 * Copies a folder with Apache Commons Net as well as it allows: two threads, each with a session
 * that it keeps, EPSV, image type, large buffers, times kept. A process of its own.
 */
final class CommonsNetCopy {
  private static final int THREADS = 2;
  private static final int BUFFER_BYTES = 256 * 1024;

  private record Found(String path, Instant modified) {}

  /** Moves one file on a session. */
  private interface Mover {
    void move(FTPClient session, Found file) throws IOException;
  }

  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final String remote;
  private final Path local;

  private CommonsNetCopy(String[] arguments) {
    host = arguments[1];
    port = Integer.parseInt(arguments[2]);
    user = arguments[3];
    password = arguments[4];
    remote = arguments[5];
    local = Path.of(arguments[6]);
  }

  /**
   * Copies.
   *
   * @param arguments {@code DOWN} or {@code UP}, host, port, user, password, remote and local
   *     folder
   */
  public static void main(String[] arguments) throws Exception {
    CommonsNetCopy copy = new CommonsNetCopy(arguments);
    if (Errand.Direction.valueOf(arguments[0]) == Errand.Direction.DOWN) {
      copy.down();
    } else {
      copy.up();
    }
  }

  private void down() throws Exception {
    FTPClient first = session();
    List<Found> files = new ArrayList<>();
    list(first, "", files);
    for (Found file : files) {
      Files.createDirectories(local.resolve(file.path()).getParent());
    }
    move(first, files, this::retrieve);
  }

  private void list(FTPClient session, String folder, List<Found> into) throws IOException {
    boolean hasMlsd = session.hasFeature("MLST");
    FTPFile[] entries =
        hasMlsd ? session.mlistDir(remote + folder) : session.listFiles(remote + folder);
    for (FTPFile entry : entries) {
      String path = folder + "/" + entry.getName();
      if (entry.isFile()) {
        into.add(new Found(path.substring(1), entry.getTimestampInstant()));
      } else if (entry.isDirectory() && !entry.getName().startsWith(".")) {
        list(session, path, into);
      }
    }
  }

  private void retrieve(FTPClient session, Found file) throws IOException {
    Path target = local.resolve(file.path());
    try (OutputStream out = Files.newOutputStream(target)) {
      must(session, session.retrieveFile(remote + "/" + file.path(), out));
    }
    Files.setLastModifiedTime(target, FileTime.from(file.modified()));
  }

  private void up() throws Exception {
    FTPClient first = session();
    List<Found> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(local)) {
      for (Path path : walk.toList()) {
        String relative = local.relativize(path).toString();
        if (Files.isRegularFile(path)) {
          files.add(new Found(relative, Instant.EPOCH));
        } else if (!relative.isEmpty()) {
          must(first, first.makeDirectory(remote + "/" + relative));
        }
      }
    }
    move(first, files, this::store);
  }

  private void store(FTPClient session, Found file) throws IOException {
    try (InputStream in = Files.newInputStream(local.resolve(file.path()))) {
      must(session, session.storeFile(remote + "/" + file.path(), in));
    }
  }

  private void move(FTPClient first, List<Found> files, Mover mover) throws Exception {
    Queue<Found> queue = new ConcurrentLinkedQueue<>(files);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> ends = new ArrayList<>();
      ends.add(threads.submit(work(first, queue, mover)));
      for (int n = 1; n < Math.min(THREADS, files.size()); n++) {
        ends.add(threads.submit(work(session(), queue, mover)));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a thread failed", e);
    }
  }

  private static Callable<Void> work(FTPClient session, Queue<Found> queue, Mover mover) {
    return () -> {
      for (Found file = queue.poll(); file != null; file = queue.poll()) {
        mover.move(session, file);
      }
      session.logout();
      session.disconnect();
      return null;
    };
  }

  private FTPClient session() throws IOException {
    FTPClient session = new FTPClient();
    session.setUseEPSVwithIPv4(true);
    session.setBufferSize(BUFFER_BYTES);
    session.connect(host, port);
    must(session, session.login(user, password));
    session.enterLocalPassiveMode();
    must(session, session.setFileType(FTP.BINARY_FILE_TYPE));
    return session;
  }

  private static void must(FTPClient session, boolean done) throws IOException {
    if (!done) {
      throw new IOException(session.getReplyString());
    }
  }
}
