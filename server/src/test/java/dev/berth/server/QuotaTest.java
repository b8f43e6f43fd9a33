package dev.berth.server;

import static dev.berth.server.Site.account;
import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.backend;
import static dev.berth.server.Site.cut;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.retrieve;
import static dev.berth.server.Site.store;
import static dev.berth.server.Site.visit;
import static dev.berth.server.Site.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial;
import dev.berth.session.Denial.Reason;
import dev.berth.session.Incoming;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {
  private static final StoreWay REPLACE = new StoreWay.Replace();

  @TempDir Path home;

  private FileBackend limited(Bound bytes, Bound files) {
    return backend(account(home).with(new Quota(bytes, files)));
  }

  private FileBackend tenBytes() {
    return limited(new Bound.AtMost(10), new Bound.None());
  }

  private static long left(Visit visit) throws IOException {
    return visit.available(RemotePath.ROOT).orElseThrow();
  }

  @Test
  void whatIsThereAlreadyCounts() throws Exception {
    Files.createDirectories(home.resolve("sub/below"));
    Files.writeString(home.resolve("sub/below/a"), "1234567");
    Visit visit = visit(tenBytes());

    store(visit, "/b", "123");

    assertThat(left(visit)).isZero();
    assertDenied(Reason.OVER_QUOTA, () -> store(visit, "/c", "1"));
    assertThat(home.resolve("c")).doesNotExist();
  }

  @Test
  void whatIsDeletedCountsNoMore() throws Exception {
    Visit visit = visit(tenBytes());
    store(visit, "/a", "1234567890");

    visit.delete(path("/a"));

    assertThat(left(visit)).isEqualTo(10);
    store(visit, "/b", "1234567890");
  }

  @Test
  void aFileMayBeReplacedByOneOfItsSize() throws Exception {
    Visit visit = visit(tenBytes());
    store(visit, "/a", "1234567890");

    store(visit, "/a", "0987654321");
    store(visit, "/a", "new");

    assertThat(retrieve(visit, "/a")).isEqualTo("new");
    assertThat(left(visit)).isEqualTo(7);
  }

  @Test
  void partsCountAndAreGoneOnWith() throws Exception {
    Visit visit = visit(tenBytes());

    cut(visit, "/a", REPLACE, "123456");
    assertThat(left(visit)).isEqualTo(4);
    assertDenied(Reason.OVER_QUOTA, () -> store(visit, "/a", new StoreWay.Append(), "12345"));
    store(visit, "/a", new StoreWay.From(3), "4567");

    assertThat(retrieve(visit, "/a")).isEqualTo("1234567");
    assertThat(left(visit)).isEqualTo(3);
  }

  @Test
  void whatReplacedAnotherByRenamingIsCountedOnce() throws Exception {
    Visit visit = visit(tenBytes());
    store(visit, "/a", "1234");
    store(visit, "/b", "123");

    visit.rename(path("/a"), path("/b"));

    assertThat(left(visit)).isEqualTo(6);
  }

  @Test
  void appendingAndRestartingCount() throws Exception {
    Visit visit = visit(tenBytes());
    store(visit, "/a", "1234");

    store(visit, "/a", new StoreWay.Append(), "56");
    assertThat(left(visit)).isEqualTo(4);
    store(visit, "/a", new StoreWay.From(2), "3");

    assertThat(left(visit)).isEqualTo(7);
    cut(visit, "/a", REPLACE, "abc");
    assertThat(left(visit)).isEqualTo(7);
  }

  @Test
  void filesAreCounted() throws Exception {
    Visit visit = visit(limited(new Bound.None(), new Bound.AtMost(2)));
    store(visit, "/a", "a");
    cut(visit, "/b", REPLACE, "a part");

    assertDenied(Reason.OVER_QUOTA, () -> visit.store(path("/c"), REPLACE));
    store(visit, "/a", "again");
    store(visit, "/b", new StoreWay.Append(), " and the rest");
    visit.delete(path("/a"));
    store(visit, "/c", "c");

    assertDenied(Reason.OVER_QUOTA, () -> visit.store(path("/d"), REPLACE));
  }

  @Test
  void whatOthersWroteIsSeenWhenItIsCountedAgain() throws Exception {
    FileBackend backend = tenBytes();
    Visit visit = visit(backend);
    store(visit, "/a", "1");
    Files.writeString(home.resolve("beside"), "12345");
    assertThat(left(visit)).isEqualTo(9);

    backend.maintain(Instant.now());

    assertThat(left(visit)).isEqualTo(4);
  }

  @Test
  @Timeout(60)
  void manyAtOnceTogetherStayBelowIt() throws Exception {
    FileBackend backend = limited(new Bound.AtMost(1000), new Bound.None());
    List<Future<Boolean>> all = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 50; n++) {
        String name = "/file" + n;
        all.add(threads.submit(() -> fits(visit(backend), name)));
      }
    }

    long stored = 0;
    for (Future<Boolean> one : all) {
      stored += one.get() ? 1 : 0;
    }
    long there = 0;
    for (String name : Site.really(home)) {
      there += Files.size(home.resolve(name));
    }
    assertThat(stored).isBetween(1L, 10L);
    assertThat(there).isLessThanOrEqualTo(1000);
    assertThat(left(visit(backend))).isEqualTo(1000 - there);
  }

  private static boolean fits(Visit visit, String name) throws IOException {
    try (Incoming incoming = visit.store(path(name), REPLACE)) {
      for (int piece = 0; piece < 10; piece++) {
        write(incoming, "0123456789");
      }
      incoming.keep();
      return true;
    } catch (Denial over) {
      assertThat(over.reason()).isEqualTo(Reason.OVER_QUOTA);
      return false;
    }
  }
}
