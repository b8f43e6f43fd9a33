package dev.berth.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where clients got to that asked for a folder. While the server is away, who stores his files in
 * one of these gets there by memory. Any thread may call it.
 */
final class KnownFolders {
  /** Beyond it the oldest are forgotten. */
  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Question, String> folders = new LinkedHashMap<>(); // guarded by lock

  /** What one user asked for, and where he was if that matters. */
  private record Question(String user, String path) {
    static Question of(UpstreamAccount account, SpoolPath path) {
      return new Question(account.user(), path.key(account.features()).orElseGet(path::asSaid));
    }
  }

  /**
   * A client has got there.
   *
   * @param folder as the server wrote it
   */
  void entered(UpstreamAccount account, SpoolPath path, String folder) {
    Question question = Question.of(account, path);
    lock.lock();
    try {
      folders.remove(question); // It is the newest again.
      folders.put(question, folder);
      if (folders.size() > MOST) {
        folders.remove(folders.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The server knows no such folder any more. */
  void gone(UpstreamAccount account, SpoolPath path) {
    lock.lock();
    try {
      folders.remove(Question.of(account, path));
    } finally {
      lock.unlock();
    }
  }

  Optional<String> of(UpstreamAccount account, SpoolPath path) {
    lock.lock();
    try {
      return Optional.ofNullable(folders.get(Question.of(account, path)));
    } finally {
      lock.unlock();
    }
  }
}
