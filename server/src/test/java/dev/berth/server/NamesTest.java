package dev.berth.server;

import static dev.berth.server.Site.assertDenied;
import static dev.berth.server.Site.names;
import static dev.berth.server.Site.path;
import static dev.berth.server.Site.retrieve;
import static dev.berth.server.Site.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.Denial.Reason;
import dev.berth.session.StoreWay;
import dev.berth.session.Visit;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String LATIN = Octets.toText("Grüße".getBytes(StandardCharsets.ISO_8859_1));

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Grüße",
        "файл.txt",
        "日本 語",
        "😀",
        "a%20b",
        "back\\slash",
        "c:d",
        " spaces ",
        "\uFFFD",
        "-rf",
        "~",
        "*",
        "CON",
        "é/e\u0301"
      })
  void namesInUtf8ComeBackAsTheyWere(String name) throws Exception {
    Visit visit = Site.visit(home);
    if (name.contains("/")) {
      visit.makeFolder(path("/" + name.substring(0, name.indexOf('/'))));
    }

    store(visit, "/" + name, "content");

    assertThat(retrieve(visit, "/" + name)).isEqualTo("content");
    String folder = path("/" + name).parent().value();
    assertThat(names(visit, folder)).containsExactly(path("/" + name).name());
    assertThat(visit.entry(path("/" + name)).name()).isEqualTo(path("/" + name).name());
  }

  @Test
  void namesInNoCharsetKeepTheirBytes() throws Exception {
    Visit visit = Site.visit(home);

    store(visit, "/" + LATIN, "content");
    visit.makeFolder(path("/sub" + LATIN));
    visit.rename(path("/" + LATIN), path("/sub" + LATIN + "/" + LATIN));

    assertThat(names(visit, "/")).containsExactly("sub" + LATIN);
    assertThat(names(visit, "/sub" + LATIN)).containsExactly(LATIN);
    assertThat(retrieve(visit, "/sub" + LATIN + "/" + LATIN)).isEqualTo("content");
    try (var files = Files.list(home)) {
      assertThat(files.findFirst().orElseThrow().toUri().getRawPath()).endsWith("/subGr%FC%DFe/");
    }
    visit.delete(path("/sub" + LATIN + "/" + LATIN));
    visit.removeFolder(path("/sub" + LATIN));
  }

  @Test
  void twoNamesThatDifferInNoCharsetAreTwo() throws Exception {
    Visit visit = Site.visit(home);

    Site.cut(visit, "/\uDCE9", new StoreWay.Replace(), "one");
    Site.cut(visit, "/\uDCE8", new StoreWay.Replace(), "other");

    assertThat(visit.entry(path("/\uDCE9")).size()).isEqualTo(3);
    assertThat(visit.entry(path("/\uDCE8")).size()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "\u001b[2J", "\u007f", "half\uD800", "\u0085"})
  void whatNoFileShouldHaveInItsNameIsNotMade(String name) throws Exception {
    Visit visit = Site.visit(home);
    store(visit, "/a", "a");

    assertDenied(
        Reason.NAME_NOT_ALLOWED, () -> visit.store(path("/" + name), new StoreWay.Replace()));
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.makeFolder(path("/" + name)));
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.rename(path("/a"), path("/" + name)));
  }

  @Test
  void tooLongIsCountedInBytes() throws Exception {
    Visit visit = Site.visit(home);

    store(visit, "/" + "é".repeat(127), "fits");

    assertDenied(
        Reason.NAME_NOT_ALLOWED,
        () -> visit.store(path("/" + "é".repeat(128)), new StoreWay.Replace()));
    assertDenied(
        Reason.NAME_NOT_ALLOWED,
        () -> visit.store(path("/" + "e".repeat(256)), new StoreWay.Replace()));
  }

  @Test
  void namesThatLeadUpAreNone() throws Exception {
    Visit visit = Site.visit(home);

    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.list(path("/..")));
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.retrieve(path("/../etc/passwd"), 0));
    assertDenied(Reason.NAME_NOT_ALLOWED, () -> visit.makeFolder(path("/a/./b")));
  }

  @Test
  void whatNoPathnameCanSayIsNotListed() throws Exception {
    Files.createFile(home.resolve("a\nb"));
    Files.createFile(home.resolve("tab\there"));

    assertThat(names(Site.visit(home), "/")).containsExactly("tab\there");
  }

  @Test
  void theServersOwnNamesAreKnownInAnyCase() {
    assertThat(Names.isReserved(".Berth-Up-1")).isTrue();
    assertThat(Names.isReserved(".berth-staging")).isTrue();
    assertThat(Names.isReserved(".berth-" + "0".repeat(36) + ".part")).isFalse();
    assertThat(Names.isPart(new Names(FileSystems.getDefault()).part(Path.of("a")).toString()))
        .isTrue();
  }
}
