package dev.berth.server;

import static dev.berth.server.Site.account;
import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.backend;
import static dev.berth.server.Site.cut;
import static dev.berth.server.Site.names;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.really;
import static dev.berth.server.Site.retrieve;
import static dev.berth.server.Site.store;
import static dev.berth.server.Site.visit;
import static dev.berth.server.Site.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.session.Denial.Reason;
import dev.berth.session.Entry;
import dev.berth.session.Entry.Kind;
import dev.berth.session.Incoming;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final StoreWay REPLACE = new StoreWay.Replace();
  private static final StoreWay APPEND = new StoreWay.Append();
  private static final StoreWay UNIQUE = new StoreWay.Unique();

  @TempDir Path home;
  private FileBackend backend;
  private Visit visit;

  @BeforeEach
  void logIn() throws Exception {
    backend = backend(account(home));
    visit = visit(backend);
  }

  @Test
  void untilItIsKeptTheOldFileStands() throws Exception {
    store(visit, "/a", "old");

    try (Incoming incoming = visit.store(path("/a"), REPLACE)) {
      write(incoming, "newer");
      assertThat(retrieve(visit, "/a")).isEqualTo("old");
      assertThat(names(visit, "/")).containsExactly("a");
      incoming.keep();
    }

    assertThat(retrieve(visit, "/a")).isEqualTo("newer");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void whoRetrievesTheOldFileGetsItWhole() throws Exception {
    store(visit, "/a", "old");

    try (var old = visit.retrieve(path("/a"), 0)) {
      store(visit, "/a", "newer");

      assertThat(old.size()).hasValue(3);
    }
  }

  @Test
  void aCutUploadLeavesAFileThatWasThereAsItWas() throws Exception {
    store(visit, "/a", "old");

    cut(visit, "/a", REPLACE, "newer");
    cut(visit, "/a", new StoreWay.From(2), "newer");

    assertThat(retrieve(visit, "/a")).isEqualTo("old");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void ofACutUploadOnlyTheSizeIsTold() throws Exception {
    cut(visit, "/a", REPLACE, "hel");

    Entry part = visit.entry(path("/a"));

    assertThat(part.kind()).isEqualTo(new Kind.Part());
    assertThat(part.size()).isEqualTo(3);
    assertThat(part.name()).isEqualTo("a");
    assertThat(part.rights()).doesNotContain(Entry.Right.RETRIEVE, Entry.Right.RENAME);
    assertThat(names(visit, "/")).isEmpty();
    assertDenied(Reason.NOT_FOUND, () -> visit.retrieve(path("/a"), 0));
    assertDenied(Reason.NOT_FOUND, () -> visit.checkRenaming(path("/a")));
    assertThat(really(home)).singleElement().asString().startsWith(".berth-up-");
  }

  @Test
  void aCutUploadIsGoneOnWithByRestart() throws Exception {
    cut(visit, "/a", REPLACE, "hel");
    cut(visit, "/a", new StoreWay.From(3), "l");

    store(visit, "/a", new StoreWay.From(4), "o");

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void aRestartBeforeTheEndOfAPartCutsIt() throws Exception {
    cut(visit, "/a", REPLACE, "hexxxxx");

    store(visit, "/a", new StoreWay.From(2), "llo");

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
  }

  @Test
  void aCutUploadIsGoneOnWithByAppending() throws Exception {
    cut(visit, "/a", APPEND, "hel");

    store(visit, "/a", APPEND, "lo");

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void aStoreFromTheBeginningDropsThePart() throws Exception {
    cut(visit, "/a", REPLACE, "a part that is longer");

    store(visit, "/a", "hello");

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void aRestartInAFileKeepsItsBeginning() throws Exception {
    store(visit, "/a", "hexxx and more");

    try (Incoming incoming = visit.store(path("/a"), new StoreWay.From(2))) {
      write(incoming, "llo");
      assertThat(retrieve(visit, "/a")).isEqualTo("hexxx and more");
      incoming.keep();
    }

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
  }

  @Test
  void aRestartBeyondTheEndIsDenied() throws Exception {
    store(visit, "/a", "four");
    cut(visit, "/part", REPLACE, "four");

    assertDenied(Reason.BEYOND_END, () -> visit.store(path("/a"), new StoreWay.From(5)));
    assertDenied(Reason.BEYOND_END, () -> visit.store(path("/part"), new StoreWay.From(5)));
    assertDenied(Reason.BEYOND_END, () -> visit.store(path("/none"), new StoreWay.From(1)));
    store(visit, "/none", new StoreWay.From(0), "whole");
    assertThat(retrieve(visit, "/none")).isEqualTo("whole");
    assertThat(visit.entry(path("/part")).size()).isEqualTo(4);
  }

  @Test
  void appendingGoesIntoTheFileItself() throws Exception {
    store(visit, "/a", "hel");

    cut(visit, "/a", APPEND, "lo");

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void aUniqueNameIsOneThatNothingHas() throws Exception {
    store(visit, "/a", "first");
    cut(visit, "/a.1", REPLACE, "a part");

    RemotePath second = store(visit, "/a", UNIQUE, "second");
    RemotePath other = store(visit, "/b", UNIQUE, "other");

    assertThat(second).isEqualTo(path("/a.2"));
    assertThat(other).isEqualTo(path("/b"));
    assertThat(retrieve(visit, "/a")).isEqualTo("first");
    assertThat(retrieve(visit, "/a.2")).isEqualTo("second");
  }

  @Test
  void twoWhoWantUniqueNamesGetTwo() throws Exception {
    try (Incoming one = visit.store(path("/a"), UNIQUE);
        Incoming two = visit.store(path("/a"), UNIQUE)) {
      write(one, "one");
      write(two, "two");
      one.keep();
      two.keep();
    }

    assertThat(retrieve(visit, "/a")).isEqualTo("one");
    assertThat(retrieve(visit, "/a.1")).isEqualTo("two");
  }

  @Test
  void whatCameToAUniqueNameMeanwhileIsNotReplaced() throws Exception {
    try (Incoming incoming = visit.store(path("/a"), UNIQUE)) {
      write(incoming, "mine");
      Files.writeString(home.resolve("a"), "theirs");

      assertDenied(Reason.EXISTS, incoming::keep);
    }

    assertThat(retrieve(visit, "/a")).isEqualTo("theirs");
    assertThat(really(home)).containsExactly("a");
  }

  @Test
  void twoUploadsOfOneNameAreOneTooMany() throws Exception {
    Visit another = visit(backend);
    try (Incoming incoming = visit.store(path("/a"), REPLACE)) {
      write(incoming, "a");

      assertDenied(Reason.BUSY, () -> another.store(path("/a"), REPLACE));
      assertDenied(Reason.BUSY, () -> another.store(path("/a"), new StoreWay.From(1)));
      assertDenied(Reason.BUSY, () -> another.delete(path("/a")));
      store(another, "/b", "of another name");
    }

    store(another, "/a", "after it");
    assertThat(retrieve(visit, "/a")).isEqualTo("after it");
  }

  @Test
  void aDeniedUploadHoldsNoName() throws Exception {
    assertDenied(Reason.BEYOND_END, () -> visit.store(path("/a"), new StoreWay.From(1)));

    store(visit, "/a", "a");

    assertThat(names(visit, "/")).containsExactly("a");
  }

  @Test
  void aFolderThatIsRenamedTakesItsUploadAlong() throws Exception {
    visit.makeFolder(path("/one"));
    try (Incoming incoming = visit.store(path("/one/a"), REPLACE)) {
      write(incoming, "a");
      visit.rename(path("/one"), path("/two"));
      incoming.keep();
    }

    assertThat(retrieve(visit, "/two/a")).isEqualTo("a");
  }

  @Test
  void partsKeepNoFolder() throws Exception {
    visit.makeFolder(path("/one"));
    cut(visit, "/one/a", REPLACE, "a");

    visit.removeFolder(path("/one"));

    assertThat(names(visit, "/")).isEmpty();
  }

  @Test
  void aRunningUploadKeepsItsFolder() throws Exception {
    visit.makeFolder(path("/one"));
    try (Incoming incoming = visit.store(path("/one/a"), REPLACE)) {
      assertDenied(Reason.BUSY, () -> visit.removeFolder(path("/one")));
      incoming.keep();
    }

    assertThat(names(visit, "/one")).containsExactly("a");
  }

  @Test
  void aPartIsDeletedByTheNameOfItsFile() throws Exception {
    cut(visit, "/a", REPLACE, "a");

    visit.delete(path("/a"));

    assertThat(really(home)).isEmpty();
    assertDenied(Reason.NOT_FOUND, () -> visit.delete(path("/a")));
  }

  @Test
  void aFileThatIsRenamedToTheNameOfAPartEndsIt() throws Exception {
    cut(visit, "/a", REPLACE, "a part");
    store(visit, "/b", "b");

    visit.rename(path("/b"), path("/a"));
    visit.delete(path("/a"));

    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path("/a")));
  }

  @Test
  void nothingThatCameIsNoPart() throws Exception {
    cut(visit, "/a", REPLACE, "");

    assertThat(really(home)).isEmpty();
  }

  @Test
  void theServersOwnFilesCannotBeNamed() throws Exception {
    cut(visit, "/a", REPLACE, "a part");
    String part = "/" + really(home).getFirst();

    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path(part)));
    assertDenied(Reason.NOT_FOUND, () -> visit.retrieve(path(part), 0));
    assertDenied(Reason.NOT_FOUND, () -> visit.delete(path(part)));
    assertDenied(Reason.NOT_FOUND, () -> visit.rename(path(part), path("/b")));
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.store(path(part), REPLACE));
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.makeFolder(path("/.berth-staging")));
    assertDenied(Reason.NOT_FOUND, () -> visit.list(path("/.Berth-Staging")));
  }

  @Test
  void oldPartsAreCleanedAndYoungOnesStay() throws Exception {
    visit.makeFolder(path("/sub"));
    cut(visit, "/sub/old", REPLACE, "a part");
    Files.setLastModifiedTime(
        home.resolve("sub").resolve(really(home.resolve("sub")).getFirst()),
        FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    cut(visit, "/young", REPLACE, "a part");
    Instant now = Instant.now();

    Instant again = backend.maintain(now);

    assertThat(again).isAfter(now).isBeforeOrEqualTo(now.plus(Duration.ofDays(1)));
    assertThat(really(home.resolve("sub"))).isEmpty();
    assertThat(visit.entry(path("/young")).size()).isEqualTo(6);
  }

  @Test
  void anOldUploadThatRunsIsNotCleaned() throws Exception {
    try (Incoming incoming = visit.store(path("/a"), REPLACE)) {
      write(incoming, "a");

      backend.maintain(Instant.now().plus(Duration.ofDays(30)));

      incoming.keep();
    }
    assertThat(retrieve(visit, "/a")).isEqualTo("a");
  }

  @Test
  void aFileThatIsReplacedKeepsItsMode() throws Exception {
    store(visit, "/a", "old");
    Files.setPosixFilePermissions(home.resolve("a"), PosixFilePermissions.fromString("rwxrwx---"));

    store(visit, "/a", "new");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("a"))))
        .isEqualTo("rwxrwx---");
  }

  @Test
  void theUmaskOfTheAccountCounts() throws Exception {
    Account account = account(home);
    Account open =
        new Account(
            "alice",
            account.credential(),
            home,
            account.start(),
            account.access(),
            account.quota(),
            account.rates(),
            0002);
    Visit mine = visit(backend(open));

    store(mine, "/a", "a");
    mine.makeFolder(path("/sub"));

    assertThat(mine.entry(path("/a")).mode()).isEqualTo(0664);
    assertThat(mine.entry(path("/sub")).mode()).isEqualTo(0775);
  }

  @Test
  void afterTheEndNothingIsKeptAnyMore() throws Exception {
    Incoming incoming = visit.store(path("/a"), REPLACE);
    write(incoming, "a");
    incoming.close();
    incoming.close();

    assertThatThrownBy(incoming::keep).isInstanceOf(IllegalStateException.class);

    assertThat(names(visit, "/")).isEmpty();
  }
}
