package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.session.Denial;
import dev.berth.session.Entries;
import dev.berth.session.Entry;
import dev.berth.session.Incoming;
import dev.berth.session.Login;
import dev.berth.session.LoginRequest;
import dev.berth.session.Outgoing;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A backend over a folder, and what clients do to it. */
final class Site {
  static final PasswordCheck PLAIN = String::equals;

  private Site() {}

  /** A backend with these accounts; their hashes are their passwords. */
  static FileBackend backend(Account... accounts) {
    return new FileBackend(FileSettings.USUAL, PLAIN, List.of(accounts));
  }

  static Account account(Path home) {
    return Account.of("alice", "secret", home);
  }

  static LoginRequest request(String user, String password) {
    return new LoginRequest(
        1,
        user,
        new LoginRequest.Password(password),
        InetAddress.getLoopbackAddress(),
        "main",
        false,
        "");
  }

  /** Logs in as alice. */
  static Visit visit(FileBackend backend) throws IOException {
    return visit(backend, "alice");
  }

  static Visit visit(FileBackend backend, String user) throws IOException {
    Login login = backend.login(request(user, "secret"));
    assertThat(login).isInstanceOf(Login.Granted.class);
    return ((Login.Granted) login).visit();
  }

  /** A visit of an account that may do everything below a folder. */
  static Visit visit(Path home) throws IOException {
    return visit(backend(account(home)));
  }

  static RemotePath path(String path) {
    return new RemotePath(path);
  }

  static void store(Visit visit, String path, String content) throws IOException {
    store(visit, path, new StoreWay.Replace(), content);
  }

  static RemotePath store(Visit visit, String path, StoreWay way, String content)
      throws IOException {
    try (Incoming incoming = visit.store(path(path), way)) {
      write(incoming, content);
      incoming.keep();
      return incoming.path();
    }
  }

  /** Stores, and loses the connection behind the content. */
  static void cut(Visit visit, String path, StoreWay way, String content) throws IOException {
    try (Incoming incoming = visit.store(path(path), way)) {
      write(incoming, content);
    }
  }

  static void write(Incoming incoming, String content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      incoming.bytes().write(bytes);
    }
  }

  static String retrieve(Visit visit, String path) throws IOException {
    return retrieve(visit, path, 0);
  }

  static String retrieve(Visit visit, String path, long offset) throws IOException {
    try (Outgoing outgoing = visit.retrieve(path(path), offset)) {
      byte[] all = Channels.newInputStream(outgoing.bytes()).readAllBytes();
      assertThat(outgoing.size()).hasValue(all.length);
      return new String(all, StandardCharsets.UTF_8);
    }
  }

  static List<Entry> list(Visit visit, String path) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (Entries entries = visit.list(path(path))) {
      for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
        found.add(next.get());
      }
    }
    return found;
  }

  static List<String> names(Visit visit, String path) throws IOException {
    return list(visit, path).stream().map(Entry::name).sorted().toList();
  }

  static void assertDenied(Denial.Reason reason, ThrowingCallable deed) {
    assertThat(catchThrowable(deed))
        .isInstanceOfSatisfying(
            Denial.class, denial -> assertThat(denial.reason()).isEqualTo(reason));
  }

  /** What is really there, the server's own files among it. */
  static List<String> really(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }
}
