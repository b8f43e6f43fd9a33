package dev.berth.server;

import static dev.berth.server.Site.account;
import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.backend;
import static dev.berth.server.Site.cut;
import static dev.berth.server.Site.names;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.really;
import static dev.berth.server.Site.store;
import static dev.berth.server.Site.visit;
import static dev.berth.server.Site.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial.Reason;
import dev.berth.session.Entry.Right;
import dev.berth.session.Incoming;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionTest {
  private static final StoreWay REPLACE = new StoreWay.Replace();

  @TempDir Path home;

  @BeforeEach
  void fill() throws Exception {
    Files.writeString(home.resolve("a"), "hello");
    Files.createDirectory(home.resolve("sub"));
  }

  private Visit visitor(Set<Permission> permissions) throws IOException {
    return visit(backend(account(home).with(Access.of(permissions))));
  }

  @Test
  void whoMayOnlyReadChangesNothing() throws Exception {
    Visit visit = visitor(Permission.READ_ONLY);

    assertThat(names(visit, "/")).containsExactly("a", "sub");
    assertThat(Site.retrieve(visit, "/a")).isEqualTo("hello");
    assertThat(visit.entry(path("/a")).rights()).containsExactly(Right.RETRIEVE);
    assertThat(visit.entry(path("/sub")).rights())
        .containsExactlyInAnyOrder(Right.ENTER, Right.LIST);
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/a"), REPLACE));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/b"), REPLACE));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/a"), new StoreWay.Append()));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/a"), new StoreWay.Unique()));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.delete(path("/a")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.removeFolder(path("/sub")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.makeFolder(path("/new")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.checkRenaming(path("/a")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.rename(path("/a"), path("/b")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.setMode(path("/a"), 0777));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.setModified(path("/a"), Instant.EPOCH));
    assertThat(really(home)).containsExactly("a", "sub");
  }

  @Test
  void aDropBoxTakesNewFilesAndShowsNone() throws Exception {
    Visit visit = visitor(Permission.DROP_BOX);

    store(visit, "/new", "new");
    store(visit, "/sub/new", "new");

    assertDenied(Reason.NOT_PERMITTED, () -> visit.list(RemotePath.ROOT));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.retrieve(path("/new"), 0));
    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path("/new")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/new"), REPLACE));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/new"), new StoreWay.Append()));
    assertThat(visit.entry(path("/sub")).rights())
        .containsExactlyInAnyOrder(Right.CREATE, Right.ENTER);
    assertThat(home.resolve("new")).hasContent("new");
  }

  @Test
  void aDropBoxReplacesNothingThatCameMeanwhile() throws Exception {
    Visit visit = visitor(Permission.DROP_BOX);

    try (Incoming incoming = visit.store(path("/new"), REPLACE)) {
      write(incoming, "mine");
      Files.writeString(home.resolve("new"), "theirs");
      assertDenied(Reason.EXISTS, incoming::keep);
    }

    assertThat(home.resolve("new")).hasContent("theirs");
  }

  @Test
  void aDropBoxKeepsNoParts() throws Exception {
    Visit visit = visitor(Permission.DROP_BOX);

    cut(visit, "/new", REPLACE, "a part");

    assertThat(really(home)).containsExactly("a", "sub");
    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path("/new")));
  }

  @Test
  void renamingOverAFileIsOverwriting() throws Exception {
    Files.writeString(home.resolve("b"), "b");
    Visit visit = visitor(Set.of(Permission.RENAME, Permission.LIST));

    assertDenied(Reason.NOT_PERMITTED, () -> visit.rename(path("/b"), path("/a")));
    visit.rename(path("/b"), path("/c"));

    assertThat(names(visit, "/")).containsExactly("a", "c", "sub");
  }
}
