package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial.Reason;
import dev.berth.session.StoreWay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a power cut a file that has its name is whole only if it was forced before it got it. */
class ForcedUploadTest {
  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private Home home;

  @BeforeEach
  void open() throws IOException {
    home =
        new Home(new Tree(folder.toRealPath(), Links.FOLLOW_INSIDE, new OwnerNames()), new Usage());
  }

  private Upload upload(Sync sync) throws IOException {
    Names names = home.tree().names();
    Path name = names.path("a");
    Spot spot = new Spot(new NotingFolder(home.tree().open(), notes), List.of(name), null);
    Upload.Order order =
        new Upload.Order(
            home,
            Site.account(folder),
            Site.path("/a"),
            spot,
            names.part(name),
            new StoreWay.Replace(),
            sync);
    return new Upload(order, () -> notes.add("release"));
  }

  private void store(Sync sync) throws IOException {
    try (Upload upload = upload(sync).start(0)) {
      Site.write(upload, "hello");
      upload.keep();
    }
  }

  @Test
  void aFileIsForcedBeforeItGetsItsName() throws Exception {
    store(Sync.AT_KEEP);

    assertThat(notes).containsExactly("write", "force", "close", "move", "release");
  }

  @Test
  void alwaysForcesTheFolderToo() throws Exception {
    store(Sync.ALWAYS);

    assertThat(notes).containsExactly("write", "force", "close", "move", "force folder", "release");
  }

  @Test
  void neverForcesNothing() throws Exception {
    store(Sync.NEVER);

    assertThat(notes).containsExactly("write", "close", "move", "release");
  }

  @Test
  void aFullDiskLeavesAPart() throws Exception {
    try (Upload upload = upload(Sync.AT_KEEP).start(0)) {
      Site.write(upload, "1234567890");

      Site.assertDenied(Reason.NO_SPACE, () -> Site.write(upload, "1"));
    }

    assertThat(notes).containsExactly("write", "close", "release");
    assertThat(Site.visit(folder).entry(Site.path("/a")).size()).isEqualTo(10);
  }
}
