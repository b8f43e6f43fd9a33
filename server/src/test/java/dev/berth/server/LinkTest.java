package dev.berth.server;

import static dev.berth.server.Site.account;
import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.list;
import static dev.berth.server.Site.names;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.really;
import static dev.berth.server.Site.retrieve;
import static dev.berth.server.Site.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial.Reason;
import dev.berth.session.Entry;
import dev.berth.session.Entry.Kind;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
  @TempDir Path folder;
  private Path home;
  private Path outside;

  @BeforeEach
  void makeBoth() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "outside");
    Files.createDirectories(home.resolve("real/deep"));
    Files.writeString(home.resolve("real/deep/file"), "inside");
  }

  private Visit visit(Links links) throws IOException {
    FileSettings settings = new FileSettings(links, Sync.NEVER, Duration.ofDays(1));
    return Site.visit(new FileBackend(settings, Site.PLAIN, List.of(account(home))));
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(home.resolve(name), Path.of(target));
  }

  @Test
  void aLinkThatNothingCanFollowKeepsNoFolderFromBeingListed() throws Exception {
    link("long", "x".repeat(300));

    assertThat(list(visit(Links.FOLLOW_INSIDE), "/"))
        .extracting(Entry::name)
        .contains("long", "real");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "real/deep",
        "./real/../real/deep/.",
        "../home/real/deep",
        "HOME/real/deep",
        "chain",
        "up/deep"
      })
  void aLinkThatEndsInsideIsFollowed(String target) throws Exception {
    link("chain", "real/deep");
    link("up", "real/deep/..");
    link("link", target.replace("HOME", home.toString()));
    Visit visit = visit(Links.FOLLOW_INSIDE);

    assertThat(visit.entry(path("/link")).isFolder()).isTrue();
    assertThat(names(visit, "/link")).containsExactly("file");
    assertThat(retrieve(visit, "/link/file")).isEqualTo("inside");
    store(visit, "/link/new", "new");
    assertThat(home.resolve("real/deep/new")).hasContent("new");
    assertThat(list(visit, "/").stream().filter(it -> it.name().equals("link")))
        .singleElement()
        .matches(Entry::isFolder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OUTSIDE", "../outside", "real/deep/../../../outside", "out", "/", ".."})
  void aLinkThatLeadsOutsideLeadsNowhere(String target) throws Exception {
    link("out", "../outside");
    link("link", target.replace("OUTSIDE", outside.toString()));
    Visit visit = visit(Links.FOLLOW_INSIDE);

    assertThat(visit.entry(path("/link")).kind()).isInstanceOf(Kind.Link.class);
    assertDenied(Reason.NOT_A_FOLDER, () -> visit.list(path("/link")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.retrieve(path("/link"), 0));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/link"), new StoreWay.Replace()));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.retrieve(path("/link/secret"), 0));
    assertDenied(
        Reason.NOT_PERMITTED, () -> visit.store(path("/link/new"), new StoreWay.Replace()));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.makeFolder(path("/link/new")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.delete(path("/link/secret")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.rename(path("/real"), path("/link/real")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.setMode(path("/link"), 0777));
    assertThat(really(outside)).containsExactly("secret");
  }

  @Test
  void whereALinkLeadsOutsideIsNotTold() throws Exception {
    link("link", outside.toString());
    link("dangling", "real/none");
    Visit visit = visit(Links.FOLLOW_INSIDE);

    assertThat(visit.entry(path("/link")).kind()).isEqualTo(new Kind.Link("?"));
    assertThat(visit.entry(path("/link")).rights())
        .containsExactlyInAnyOrder(Entry.Right.DELETE, Entry.Right.RENAME);
    assertThat(list(visit, "/").stream().map(Entry::kind))
        .contains(new Kind.Link("?"), new Kind.Folder());
  }

  @Test
  void whatIsStoredThroughALinkStandsWhereItLeads() throws Exception {
    link("link", "real/new");
    Visit visit = visit(Links.FOLLOW_INSIDE);

    store(visit, "/link", "new");

    assertThat(home.resolve("real/new")).hasContent("new");
    assertThat(Files.isSymbolicLink(home.resolve("link"))).isTrue();
  }

  @Test
  void deletingAndRenamingTouchTheLinkAlone() throws Exception {
    link("one", "real/deep/file");
    link("two", outside.resolve("secret").toString());
    Visit visit = visit(Links.FOLLOW_INSIDE);

    visit.rename(path("/one"), path("/moved"));
    visit.delete(path("/moved"));
    visit.delete(path("/two"));

    assertThat(names(visit, "/")).containsExactly("real");
    assertThat(home.resolve("real/deep/file")).hasContent("inside");
    assertThat(outside.resolve("secret")).hasContent("outside");
  }

  @Test
  void linksInACircleEnd() throws Exception {
    link("one", "two");
    link("two", "one");
    Visit visit = visit(Links.FOLLOW_INSIDE);

    assertDenied(Reason.NOT_FOUND, () -> visit.list(path("/one")));
    assertThat(names(visit, "/")).containsExactly("one", "real", "two");
  }

  @Test
  void hiddenLinksAreNotThere() throws Exception {
    link("link", "real");
    Visit visit = visit(Links.HIDE);

    assertThat(names(visit, "/")).containsExactly("real");
    assertDenied(Reason.NOT_FOUND, () -> visit.entry(path("/link")));
    assertDenied(Reason.NOT_FOUND, () -> visit.list(path("/link/deep")));
    assertDenied(Reason.NOT_FOUND, () -> visit.delete(path("/link")));
    assertDenied(Reason.NOT_PERMITTED, () -> visit.store(path("/link"), new StoreWay.Replace()));
  }

  @Test
  void refusedLinksAreShown() throws Exception {
    link("link", "real/deep");
    Visit visit = visit(Links.REFUSE);

    assertThat(visit.entry(path("/link")).kind()).isEqualTo(new Kind.Link("real/deep"));
    assertThat(names(visit, "/")).containsExactly("link", "real");
    assertDenied(Reason.NOT_PERMITTED, () -> visit.retrieve(path("/link/file"), 0));
  }

  @Test
  void aHomeMayItselfBeReachedThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), home);

    Visit visit = Site.visit(link);

    assertThat(retrieve(visit, "/real/deep/file")).isEqualTo("inside");
  }
}
