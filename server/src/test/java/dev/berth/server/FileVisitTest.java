package dev.berth.server;

import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.list;
import static dev.berth.server.Site.names;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.retrieve;
import static dev.berth.server.Site.store;
import static dev.berth.server.Site.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial.Reason;
import dev.berth.session.Entries;
import dev.berth.session.Entry;
import dev.berth.session.Entry.Right;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVisitTest {
  @TempDir Path home;
  private Visit visit;

  @BeforeEach
  void logIn() throws Exception {
    visit = visit(home);
  }

  @Test
  void whatIsStoredIsRetrieved() throws Exception {
    store(visit, "/a.txt", "hello");

    assertThat(retrieve(visit, "/a.txt")).isEqualTo("hello");
    assertThat(retrieve(visit, "/a.txt", 2)).isEqualTo("llo");
    assertThat(retrieve(visit, "/a.txt", 5)).isEmpty();
    assertDenied(Reason.BEYOND_END, () -> visit.retrieve(path("/a.txt"), 6));
    assertThat(home.resolve("a.txt")).hasContent("hello");
  }

  @Test
  void aFileIsToldOfAsItIs() throws Exception {
    store(visit, "/a.txt", "hello");
    Files.createLink(home.resolve("b.txt"), home.resolve("a.txt"));

    Entry entry = visit.entry(path("/a.txt"));

    assertThat(entry.name()).isEqualTo("a.txt");
    assertThat(entry.isFile()).isTrue();
    assertThat(entry.size()).isEqualTo(5);
    assertThat(entry.mode()).isEqualTo(0644);
    assertThat(entry.links()).isEqualTo(2);
    assertThat(entry.owner()).isEqualTo(Files.getOwner(home.resolve("a.txt")).getName());
    assertThat(entry.modified())
        .isEqualTo(Files.getLastModifiedTime(home.resolve("a.txt")).toInstant());
    assertThat(entry.unique()).matches("[0-9a-z]+").isEqualTo(visit.entry(path("/b.txt")).unique());
    assertThat(entry.rights())
        .containsExactlyInAnyOrder(
            Right.APPEND, Right.DELETE, Right.RENAME, Right.RETRIEVE, Right.STORE);
  }

  @Test
  void theTopIsAFolderThatStays() throws Exception {
    Entry top = visit.entry(RemotePath.ROOT);

    assertThat(top.isFolder()).isTrue();
    assertThat(top.rights()).contains(Right.ENTER, Right.CREATE).doesNotContain(Right.DELETE);
    assertDenied(Reason.NOT_PERMITTED, () -> visit.removeFolder(RemotePath.ROOT));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.checkRenaming(RemotePath.ROOT));
    assertDenied(Reason.NOT_A_FILE, () -> visit.store(RemotePath.ROOT, new StoreWay.Replace()));
  }

  @Test
  void aFolderIsMadeListedAndRemoved() throws Exception {
    visit.makeFolder(path("/sub"));
    visit.makeFolder(path("/sub/below"));
    store(visit, "/sub/a", "a");

    assertThat(names(visit, "/")).containsExactly("sub");
    assertThat(names(visit, "/sub")).containsExactly("a", "below");
    assertThat(list(visit, "/").getFirst().mode()).isEqualTo(0755);
    assertDenied(Reason.EXISTS, () -> visit.makeFolder(path("/sub")));
    assertDenied(Reason.EXISTS, () -> visit.makeFolder(path("/sub/a")));
    assertDenied(Reason.NOT_EMPTY, () -> visit.removeFolder(path("/sub")));
    assertDenied(Reason.NOT_A_FOLDER, () -> visit.removeFolder(path("/sub/a")));
    assertDenied(Reason.NOT_A_FILE, () -> visit.delete(path("/sub/below")));
    visit.delete(path("/sub/a"));
    visit.removeFolder(path("/sub/below"));
    visit.removeFolder(path("/sub"));
    assertThat(names(visit, "/")).isEmpty();
  }

  @Test
  void renamingReplacesAFileAndNoFolder() throws Exception {
    store(visit, "/a", "new");
    store(visit, "/b", "old");
    visit.makeFolder(path("/empty"));

    visit.checkRenaming(path("/a"));
    visit.rename(path("/a"), path("/b"));

    assertThat(retrieve(visit, "/b")).isEqualTo("new");
    assertThat(names(visit, "/")).containsExactly("b", "empty");
    assertDenied(Reason.EXISTS, () -> visit.rename(path("/b"), path("/empty")));
    assertDenied(Reason.EXISTS, () -> visit.rename(path("/empty"), path("/b")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.rename(path("/empty"), path("/empty/itself")));
    assertDenied(Reason.NOT_FOUND, () -> visit.rename(path("/none"), path("/c")));
    assertDenied(Reason.NOT_FOUND, () -> visit.checkRenaming(path("/none")));
    visit.rename(path("/empty"), path("/full"));
    visit.rename(path("/b"), path("/full/b"));
    assertThat(names(visit, "/full")).containsExactly("b");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path("/none")));
    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path("/none/below")));
    assertDenied(Reason.NOT_FOUND, () -> visit.list(path("/none")));
    assertDenied(Reason.NOT_FOUND, () -> visit.retrieve(path("/none"), 0));
    assertDenied(Reason.NOT_FOUND, () -> visit.delete(path("/none")));
    assertDenied(Reason.NOT_FOUND, () -> visit.removeFolder(path("/none")));
    assertDenied(Reason.NOT_FOUND, () -> visit.store(path("/none/a"), new StoreWay.Replace()));
    assertDenied(Reason.NOT_FOUND, () -> visit.makeFolder(path("/none/a")));
  }

  @Test
  void whatVanishesWhileItIsListedIsLeftOut() throws Exception {
    store(visit, "/a", "a");
    store(visit, "/b", "b");
    try (Entries entries = visit.list(RemotePath.ROOT)) {
      String first = entries.next().orElseThrow().name();

      visit.delete(path(first.equals("a") ? "/b" : "/a"));

      assertThat(entries.next()).isEmpty();
    }
  }

  @Test
  void manyEntriesAreListed() throws Exception {
    for (int n = 0; n < 3000; n++) {
      Files.createFile(home.resolve("file" + n));
    }

    assertThat(names(visit, "/")).hasSize(3000).doesNotHaveDuplicates();
  }

  @Test
  void timeAndModeAreSet() throws Exception {
    store(visit, "/a", "a");

    visit.setModified(path("/a"), Instant.parse("2020-02-29T12:00:00Z"));
    visit.setMode(path("/a"), 0757);

    assertThat(visit.entry(path("/a")).modified()).isEqualTo("2020-02-29T12:00:00Z");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("a"))))
        .as("0757 without the umask 022")
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void theDiskTellsWhatIsAvailable() throws Exception {
    assertThat(visit.available(RemotePath.ROOT)).isPresent();
  }
}
