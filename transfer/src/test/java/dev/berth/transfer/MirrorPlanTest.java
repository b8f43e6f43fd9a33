package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.Modified;
import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as the same file, by what either side tells. */
class MirrorPlanTest {
  @TempDir Path folder;
  private final Heard heard = new Heard();
  private final Ledger ledger = new Ledger(heard);
  private final RemoteTree remote = new RemoteTree();

  private static ListingEntry listed(long size, String time, Precision precision) {
    Modified modified =
        new Modified(Instant.parse(time).atZone(ZoneOffset.UTC), precision, Basis.STATED);
    return ListingEntry.named("a", ListingEntry.Type.FILE).size(size).modified(modified).build();
  }

  private Path local(String time) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "hello");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
  }

  private MirrorPlan plan() {
    return plan(MirrorSettings.standard());
  }

  private LocalTree walked() throws IOException {
    return LocalTree.walk(folder, MirrorSettings.standard(), ledger);
  }

  private MirrorPlan plan(MirrorSettings mirror) {
    TransferSettings settings = new TransferSettings(1, Duration.ofSeconds(1), false);
    return new MirrorPlan(remote, Means.of(settings, ledger, Journal.inMemory()), mirror);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:07Z, true",
    "5, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:07.9Z, true",
    "5, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:08Z, false",
    "5, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:06.9Z, false",
    "5, 2026-03-04T05:06:07Z, MINUTE, 2026-03-04T05:06:59Z, true",
    "5, 2026-03-04T05:06:07Z, MINUTE, 2026-03-04T05:07:00Z, false",
    "5, 2026-03-04T05:06:07Z, DAY, 2026-03-04T23:59:59Z, true",
    "5, 2026-03-04T05:06:07Z, DAY, 2026-03-05T00:00:00Z, false",
    "4, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:07Z, false"
  })
  void downASizeAndAsMuchOfTheTimeAsIsToldDecide(
      long size, String listed, Precision precision, String local, boolean same)
      throws IOException {
    local(local);
    remote.addFile("a", listed(size, listed, precision));

    assertThat(plan().down(folder)).hasSize(same ? 0 : 1);
    assertThat(heard.count(FileResult.Unchanged.class)).isEqualTo(same ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    // With MFMT the server has the time that we set.
    "true, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:07Z, true",
    "true, 2026-03-04T05:06:08Z, SECOND, 2026-03-04T05:06:07Z, false",
    // Without it, the time of the upload: later is as good.
    "false, 2026-03-09T00:00:00Z, SECOND, 2026-03-04T05:06:07Z, true",
    "false, 2026-03-04T05:06:07Z, MINUTE, 2026-03-04T05:06:59Z, true",
    "false, 2026-03-04T05:06:07Z, DAY, 2026-03-04T23:00:00Z, true",
    "false, 2026-03-04T05:06:07Z, SECOND, 2026-03-04T05:06:09Z, false"
  })
  void upAServerThatKeepsTimesIsComparedAndAnotherIsOnlyToBeLater(
      boolean keepsTimes, String listed, Precision precision, String local, boolean same)
      throws IOException {
    local(local);
    remote.found(RemotePath.ROOT, keepsTimes);
    remote.listed();
    remote.addFile("a", listed(5, listed, precision));

    LocalTree tree = LocalTree.walk(folder, MirrorSettings.standard(), ledger);

    assertThat(plan().up(tree, folder, NameSense.EXACT)).hasSize(same ? 0 : 1);
  }

  @Test
  void withoutATimeTheSizeDecides() throws IOException {
    local("2026-03-04T05:06:07Z");
    remote.addFile("a", ListingEntry.named("a", ListingEntry.Type.FILE).size(5).build());

    assertThat(plan().down(folder)).isEmpty();
  }

  @Test
  void withoutASizeTheFileIsMoved() throws IOException {
    local("2026-03-04T05:06:07Z");
    remote.addFile("a", ListingEntry.named("a", ListingEntry.Type.FILE).build());

    assertThat(plan().down(folder)).hasSize(1);
  }

  @Test
  void twoNamesThatAreOneHereAreNotWrittenOverEachOther() {
    remote.addFile("caf\u00e9", listed(5, "2026-03-04T05:06:07Z", Precision.SECOND));
    remote.addFile("caf\uDCE9", listed(5, "2026-03-04T05:06:07Z", Precision.SECOND));

    assertThat(plan().down(folder)).hasSize(1);
    assertThat(heard.failure().reason()).isEqualTo("another file has that name here");
  }

  @Test
  void aNameWithALineEndStaysHereAndTheOthersGo() throws IOException {
    Files.createDirectory(folder.resolve("odd\nfolder"));
    Files.writeString(folder.resolve("odd\nfolder/x"), "x");
    local("2026-03-04T05:06:07Z");
    LocalTree tree = LocalTree.walk(folder, MirrorSettings.standard(), ledger);

    assertThat(plan().missingFolders(tree, NameSense.EXACT)).isEmpty();
    assertThat(plan().up(tree, folder, NameSense.EXACT)).hasSize(1);
    assertThat(heard.failure().reason()).isEqualTo(MirrorPlan.UNSENDABLE);
  }

  @Test
  void missingFoldersComeOuterOnesFirst() throws IOException {
    Files.createDirectories(folder.resolve("b/c"));
    remote.found(new RemotePath("/x/y"), false);
    LocalTree tree = LocalTree.walk(folder, MirrorSettings.standard(), ledger);

    assertThat(plan().missingFolders(tree, NameSense.EXACT))
        .map(RemotePath::value)
        .containsExactly("/x", "/x/y", "/x/y/b", "/x/y/b/c");
    remote.listed();
    remote.addFolder("b");
    assertThat(plan().missingFolders(tree, NameSense.EXACT))
        .map(RemotePath::value)
        .containsExactly("/x/y/b/c");
  }

  @Test
  void linksAndTemporaryFilesStayHere() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    Files.writeString(folder.resolve(TemporaryName.of("a")), "part");

    LocalTree tree = LocalTree.walk(folder, MirrorSettings.standard(), ledger);

    assertThat(tree.files()).isEmpty();
    assertThat(heard.notes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // Later there, and of another size: it stays.
    "4, 2026-03-04T05:06:08Z, SECOND, true",
    "4, 2026-03-04T05:06:06Z, SECOND, false",
    // It may be later, by a listing of minutes: no reason to keep it.
    "4, 2026-03-04T05:06:00Z, MINUTE, false",
    "4, 2026-03-04T05:07:00Z, MINUTE, true"
  })
  void upOnlyWhatIsNewerHereReplacesWhatIsThere(
      long size, String listed, Precision precision, boolean stays) throws IOException {
    local("2026-03-04T05:06:07Z");
    remote.addFile("a", listed(size, listed, precision));
    MirrorPlan plan = plan(MirrorSettings.standard().with(MirrorSettings.Choice.NEWER));

    assertThat(plan.up(walked(), folder, NameSense.EXACT)).hasSize(stays ? 0 : 1);
    assertThat(heard.count(FileResult.Unchanged.class)).isEqualTo(stays ? 1 : 0);
  }

  /** Who put there would write into what the link leads to, out of the target perhaps. */
  @Test
  void upNothingGoesThroughALinkOfTheServer() throws IOException {
    Files.createDirectories(folder.resolve("sub/deep"));
    Files.writeString(folder.resolve("sub/deep/a"), "hello");
    Files.writeString(folder.resolve("submarine"), "hello");
    remote.found(RemotePath.ROOT, true);
    remote.listed();
    remote.addOther("sub", ListingEntry.named("sub", ListingEntry.Type.LINK).build());

    assertThat(plan().missingFolders(walked(), NameSense.EXACT)).isEmpty();
    assertThat(plan().up(walked(), folder, NameSense.EXACT)).hasSize(1);
    assertThat(heard.failure().reason())
        .isEqualTo("sub is a link on the server, which is not followed");
  }
}
