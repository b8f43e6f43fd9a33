package dev.berth.server;

import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.cut;
import static dev.berth.server.Site.list;
import static dev.berth.server.Site.names;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.retrieve;
import static dev.berth.server.Site.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial.Reason;
import dev.berth.session.Entry;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In an archive, which has no open folders, no permissions and no links. */
class OtherFileSystemTest {
  @TempDir Path folder;
  private FileSystem archive;
  private Path home;
  private Visit visit;

  @BeforeEach
  void open() throws IOException {
    archive = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"));
    home = Files.createDirectories(archive.getPath("/home/alice"));
    Files.writeString(archive.getPath("/home/secret"), "outside");
    visit = Site.visit(home);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  @Test
  void filesComeAndGo() throws Exception {
    visit.makeFolder(path("/sub"));
    store(visit, "/sub/a", "hello");
    store(visit, "/sub/a", "hello again");
    store(visit, "/sub/a", new StoreWay.Append(), "!");
    store(visit, "/sub/a", new StoreWay.From(5), ", end");
    store(visit, "/sub/a", new StoreWay.Unique(), "another");

    assertThat(retrieve(visit, "/sub/a", 7)).isEqualTo("end");
    assertThat(names(visit, "/sub")).containsExactly("a", "a.1");
    visit.rename(path("/sub/a"), path("/b"));
    visit.setModified(path("/b"), Instant.parse("2020-02-29T12:00:00Z"));
    visit.setMode(path("/b"), 0600);
    Entry entry = visit.entry(path("/b"));
    assertThat(entry.size()).isEqualTo(10);
    assertThat(entry.modified()).isEqualTo("2020-02-29T12:00:00Z");
    assertThat(entry.owner()).isNotEmpty();
    assertThat(list(visit, "/").getFirst().rights()).isNotEmpty();
    visit.delete(path("/sub/a.1"));
    visit.removeFolder(path("/sub"));
    assertThat(names(visit, "/")).containsExactly("b");
    assertThat(visit.available(RemotePath.ROOT)).isPresent();
  }

  @Test
  void cutUploadsAreGoneOnWith() throws Exception {
    cut(visit, "/a", new StoreWay.Replace(), "hel");

    assertThat(names(visit, "/")).isEmpty();
    assertThat(visit.entry(path("/a")).kind()).isEqualTo(new Entry.Kind.Part());
    store(visit, "/a", new StoreWay.Append(), "lo");

    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
    cut(visit, "/a", new StoreWay.Replace(), "new");
    assertThat(retrieve(visit, "/a")).isEqualTo("hello");
  }

  @Test
  void nothingLeadsOut() throws Exception {
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.retrieve(path("/../secret"), 0));
    assertDenied(Reason.NOT_FOUND, () -> visit.retrieve(path("/secret"), 0));
    assertThat(visit.entry(RemotePath.ROOT).isFolder()).isTrue();
  }

  @Test
  void namesMustBeUtf8() throws Exception {
    store(visit, "/Grüße", "content");

    assertThat(names(visit, "/")).containsExactly("Grüße");
    assertDenied(
        Reason.NAME_NOT_ALLOWED, () -> visit.store(path("/\uDCFC"), new StoreWay.Replace()));
  }

  @Test
  void whatIsInAFolderByPathIsNotReachedThroughALink() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.writeString(real.resolve("file"), "outside");
    Path top = Files.createDirectories(folder.resolve("top")).toRealPath();
    Files.createSymbolicLink(top.resolve("link"), real);
    Files.createSymbolicLink(top.resolve("file"), real.resolve("file"));
    Folder byPath = new PathFolder(top);

    assertDenied(Reason.NOT_PERMITTED, () -> Denials.told(() -> byPath.open(Path.of("link"))));
    assertDenied(
        Reason.NOT_PERMITTED, () -> Denials.told(() -> byPath.file(Path.of("file"), Set.of(), 0)));
  }
}
