package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.TlsUse;
import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.dialects.Modified;
import dev.berth.transfer.FileResult;
import dev.berth.transfer.Housekeeping;
import dev.berth.transfer.JobSummary;
import dev.berth.transfer.Jobs;
import dev.berth.transfer.MirrorSettings;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir Path folder;
  private final FakeEngine engine = FakeEngine.ending(FakeEngine.ALL_DONE);

  private Run.Result run(String... arguments) {
    return Run.in(folder).with(engine).of(arguments);
  }

  @Test
  void getNamesSourceAndTarget() {
    run("get", "ftp://h//srv/x", "to/y");
    run("get", "ftp://h/x");

    assertThat(engine.jobs.getFirst())
        .isInstanceOfSatisfying(
            Job.Get.class,
            job -> {
              assertThat(job.source())
                  .isEqualTo(new RemoteLocation.FromRoot(new RemotePath("/srv/x")));
              assertThat(job.target()).isEqualTo(Path.of("to/y"));
            });
    assertThat(((Job.Get) engine.jobs.getLast()).target()).isEqualTo(Path.of("."));
  }

  @Test
  void putTakesFilesAndThenOneUrl() {
    run("put", "a", "ftp://h/x");
    run("put", "a", "ftp://h/x/");
    run("put", "a", "b", "ftp://h/x");

    assertThat(engine.jobs)
        .map(job -> (Job.Put) job)
        .satisfiesExactly(
            job -> assertThat(job.isIntoFolder()).isFalse(),
            job -> assertThat(job.isIntoFolder()).isTrue(),
            job -> assertThat(job.sources()).isEqualTo(List.of(Path.of("a"), Path.of("b"))));
  }

  @Test
  void optionThatStandsTwiceCountsAsItStandsLast() {
    run("get", "--wait=1s", "--tls=off", "--wait=2s", "--json", "--json", "ftp://h/x");

    assertThat(engine.jobs.getFirst().terms().patience()).isEqualTo(Duration.ofSeconds(2));
    assertThat(engine.jobs.getFirst().server().tlsUse()).isEqualTo(TlsUse.OFF);
  }

  @Test
  void mirrorGoesBothWays() throws IOException {
    Path here = Files.createDirectory(folder.resolve("here"));

    run("mirror", "--dry-run", "--parallel=8", "ftp://h/x", here.toString());
    run("mirror", here.toString(), "ftps://h/x");

    assertThat(engine.jobs.getFirst()).isInstanceOf(Job.MirrorDown.class);
    assertThat(engine.jobs.getFirst().terms().isDryRun()).isTrue();
    assertThat(engine.jobs.getFirst().terms().parallel()).isEqualTo(new Parallel.Files(8));
    assertThat(engine.jobs.getLast()).isInstanceOf(Job.MirrorUp.class);
    assertThat(engine.jobs.getLast().server().tlsUse()).isEqualTo(TlsUse.IMPLICIT);
  }

  @Test
  void whatAMirrorLeavesOutIsReadInTheOrderOfTheCommandLine() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "# all\n*.log\n");

    run(
        "mirror",
        "--exclude=*.txt",
        "--include=keep.txt",
        "--exclude-from=" + list,
        "--include=last.log",
        "--delete",
        "--max-delete=5",
        "--newer",
        "--links=copy",
        "--permissions",
        "ftp://h/x",
        folder.toString());

    Job.MirrorDown job = (Job.MirrorDown) engine.jobs.getFirst();
    MirrorSettings mirror = job.mirror();
    assertThat(mirror.rules().excludes("a.txt", false)).isTrue();
    assertThat(mirror.rules().excludes("keep.txt", false)).isFalse();
    assertThat(mirror.rules().excludes("a.log", false)).isTrue();
    assertThat(mirror.rules().excludes("last.log", false)).isFalse();
    assertThat(mirror.deletion()).isEqualTo(new MirrorSettings.Deletion.AtMost(5));
    assertThat(mirror.choice()).isEqualTo(MirrorSettings.Choice.NEWER);
    assertThat(mirror.links()).isEqualTo(MirrorSettings.Links.COPY);
    assertThat(job.terms().isKeepingPermissions()).isTrue();
  }

  @Test
  void aRateSlowsDownInSmallPieces() {
    run("get", "--bwlimit=64K", "--server-zone=Europe/Berlin", "ftp://h/x");
    run("get", "ftp://h/x");

    Job slow = engine.jobs.getFirst();
    assertThat(slow.terms().rate()).isEqualTo(new ByteRate.Limited(65_536));
    assertThat(slow.server().data().pieceBytes()).isEqualTo(4096);
    assertThat(slow.server().zone()).isEqualTo(new ServerZone.Known(ZoneId.of("Europe/Berlin")));
    assertThat(engine.jobs.getLast().terms().rate()).isEqualTo(new ByteRate.Unlimited());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror --exclude=[a ftp://h/x y",
        "mirror --include=!a ftp://h/x y",
        "mirror --exclude-from=/no/such/file ftp://h/x y",
        "mirror --links=maybe ftp://h/x y",
        "mirror --links=copy / ftp://h/x",
        "mirror --max-delete=5 ftp://h/x y",
        "mirror --delete --max-delete=many ftp://h/x y",
        "mirror --delete --max-delete= ftp://h/x y",
        "get --bwlimit=fast ftp://h/x",
        "get --bwlimit=10 ftp://h/x",
        "get --server-zone=Atlantis ftp://h/x",
        "get",
        "get ftp://h/folder/",
        "get ftp://h",
        "get ftp://h/x -",
        "get file",
        "put",
        "put ftp://h/x",
        "put a b",
        "put / ftp://h/x",
        "put ftp://h/x a",
        "mirror",
        "mirror ftp://h/x",
        "mirror a b",
        "mirror ftp://h/x ftp://h/y",
        "mirror /no/such/folder ftp://h/x",
        "mirror ftp://h/x /etc/passwd",
        "ls",
        "ls a",
        "ls ftp://h/ ftp://h/",
        "ls --parallel=2 ftp://h/",
        "cat",
        "cat file",
        "cat ftp://h/folder/",
        "cat ftp://h/x ftp://other/x",
        "stat",
        "stat ftp://ann@h/x ftp://bob@h/x",
        "rm",
        "rm file",
        "rm ftp://h/",
        "rm ftp://h",
        "rm -r ftp://h/",
        "rm -rf ftp://h//",
        "rm -rf ftp://h/%2F",
        "rm -rf ftp://h/x ftp://h/",
        "rm -rf ftp://h/x/..",
        "rm -rf ftp://h/.",
        "rm -p ftp://h/x",
        "mkdir",
        "mkdir folder",
        "mkdir ftp://h/x ftps://h/y",
        "mv ftp://h/x",
        "mv ftp://h/x file",
        "mv ftp://h/ ftp://h/x",
        "mv ftp://h/x ftp://other/x",
        "get --tls=off ftps://h/x",
        "get --parallel=0 ftp://h/x",
        "get --parallel=many ftp://h/x",
        "get --wait=-1s ftp://h/x",
        "get --timeout=0 ftp://h/x",
        "get --tls=yes ftp://h/x",
        "get --bind=localhost ftp://h/x",
        "get --data=port ftp://h/x",
        "get --active-ports=80-90 ftp://h/x",
        "get --active-ports=6000 ftp://h/x",
        "get --tls-trust=sha256:12 ftp://h/x",
        "get --tls-trust=none ftp://h/x",
        "get --jsn ftp://h/x",
        "nonsense",
        "completion",
        "completion fish",
        "man nonsense",
        "help nonsense"
      })
  void whatCannotBeMeantIsAUsageFaultAndStartsNothing(String line) {
    Run.Result result = run(line.split(" "));

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).startsWith("berth: ");
    assertThat(result.out()).isEmpty();
    assertThat(engine.jobs).isEmpty();
  }

  @Test
  void commandsOnSeveralAddressesTakeThemInOrder() {
    run("cat", "ftp://ann@h/x", "ftp://ann:secret@h/y");
    run("rm", "-rf", "-n", "ftp://h/x/", "ftp://h//y");
    run("mkdir", "-p", "ftp://h/x/");
    run("mv", "-f", "ftp://h/x", "ftp://h/y", "ftp://h/z");
    run("mv", "ftp://h/x", "ftp://h/z");

    assertThat(engine.jobs)
        .satisfiesExactly(
            job -> {
              Job.Show show = (Job.Show) job;
              assertThat(show.sources())
                  .extracting(CommandsTest::relative)
                  .containsExactly("x", "y");
              assertThat(show.server().login().password().reveal()).isEqualTo("secret");
            },
            job -> {
              Job.Remove remove = (Job.Remove) job;
              assertThat(remove.how()).isEqualTo(new Housekeeping.Removing(true, true));
              assertThat(remove.terms().isDryRun()).isTrue();
              assertThat(remove.places()).hasSize(2);
            },
            job ->
                assertThat(((Job.MakeFolders) job).parents()).isEqualTo(Housekeeping.Parents.MADE),
            job -> {
              Job.Rename rename = (Job.Rename) job;
              assertThat(rename.sources())
                  .extracting(CommandsTest::relative)
                  .containsExactly("x", "y");
              assertThat(rename.shape()).isEqualTo(Jobs.Target.FOLDER);
              assertThat(rename.existing()).isEqualTo(Housekeeping.Existing.REPLACED);
            },
            job -> {
              Job.Rename rename = (Job.Rename) job;
              assertThat(rename.shape()).isEqualTo(Jobs.Target.FOLDER_OR_FILE);
              assertThat(rename.existing()).isEqualTo(Housekeeping.Existing.KEPT);
            });
  }

  private static String relative(RemoteLocation place) {
    return ((RemoteLocation.FromLogin) place).path();
  }

  @Test
  void catRefusesJsonAndSaysWhy() {
    Run.Result result = run("cat", "--json", "ftp://h/x");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("berth stat --json");
    assertThat(engine.jobs).isEmpty();
  }

  @Test
  void contentStandsAloneOnStandardOutputAndAlmostNothingBesideIt() {
    FakeEngine some = FakeEngine.ending(FakeEngine.ALL_DONE);

    Run.Result result = Run.in(folder).with(some).of("cat", "ftp://h/x");

    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("of 2 files");
  }

  @Test
  void serversThatDifferAreNamedAndSoIsWhatToDo() {
    assertThat(run("mv", "ftp://ann:secret@h/x", "ftp://other/x").err())
        .contains("not ftp://ann:***@h/x and ftp://other/x", "berth get, then berth put");
  }

  @Test
  void machinesGetAnObjectPerChangeAndASummary() {
    FakeEngine some =
        FakeEngine.ending(
            FakeEngine.ALL_DONE,
            new FileResult("/a", "", new FileResult.Changed()),
            new FileResult("/b", "", new FileResult.Unchanged()),
            new FileResult("/c", "", new FileResult.Planned(7)),
            new FileResult("/d", "/e", new FileResult.Failed(FileResult.Cause.SERVER, "550 No")));

    Run.Result result = Run.in(folder).with(some).of("rm", "--json", "ftp://h/x");

    assertThat(result.out().lines().limit(4))
        .containsExactly(
            """
            {"path":"/a","target":null,"action":"remove","result":"done","reason":null}
            {"path":"/b","target":null,"action":"remove","result":"unchanged","reason":null}
            {"path":"/c","target":null,"action":"remove","result":"planned","reason":null}
            {"path":"/d","target":"/e","action":"remove","result":"failed","reason":"550 No"}
            """
                .split("\n"));
    assertThat(result.out().lines().skip(4)).singleElement().asString().startsWith("{\"files\":2,");
    assertThat(result.err()).contains("2 of 2 files and folders removed in ", "/d: 550 No");
  }

  @Test
  void whatIsMissingHasAnObjectOfItsOwn() {
    FakeEngine some =
        FakeEngine.ending(
            new JobReport(
                new Ending.Incomplete("/a: 550 No"),
                new JobSummary(1, 1, 0, 0, 0),
                0,
                Duration.ZERO,
                new Allowance.Unknown()),
            new FileResult("/a", "", new FileResult.Failed(FileResult.Cause.SERVER, "550 No")));

    Run.Result result = Run.in(folder).with(some).of("stat", "--json", "ftp://h/a");

    assertThat(result.out())
        .isEqualTo(
            """
            {"missing":"/a","reason":"550 No"}
            {"error":"/a: 550 No","exitStatus":3}
            """);
    assertThat(result.err())
        .isEqualTo("berth: the server allows 2 connections\nberth: /a: 550 No\n");
  }

  @Test
  void oneEntryIsToldInLinesAndForMachinesWithTheKeysOfAListing() {
    ListingEntry entry =
        ListingEntry.named("a\u001Bb", ListingEntry.Type.FILE).size(2048).owner("ann").build();
    RemotePath path = new RemotePath("/in/a\u001Bb");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Run.Result people = stat(path, entry);
    JsonLines.to(new PrintStream(out, true, StandardCharsets.UTF_8)).entry(path, entry);

    assertThat(people.out())
        .isEqualTo(
            """
            path:        /in/a\uFFFDb
            type:        file
            size:        2048 (2.0 KiB)
            owner:       ann
            """);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"path\":\"/in/a\\u001Bb\",\"name\":\"a\\u001Bb\",\"type\":\"file\",\"size\":2048,"
                + "\"modified\":null,\"permissions\":null,\"owner\":\"ann\",\"group\":null,"
                + "\"target\":null}\n");
  }

  private Run.Result stat(RemotePath path, ListingEntry entry) {
    Engine finding =
        new Engine() {
          @Override
          public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
            throw new IllegalStateException("not asked for here");
          }

          @Override
          public JobReport run(Job job, Reporter reporter) {
            ((Job.Stat) job).found().accept(path, entry);
            return FakeEngine.ALL_DONE;
          }

          @Override
          public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter) {
            throw new IllegalStateException("asked for one entry only");
          }
        };
    return Run.in(folder).with(finding).of("stat", "ftp://h/in/x");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          get --wiat=3 ftp://h/x,       --wait
          get --tsl=off ftp://h/x,      --tls
          get --paralel=3 ftp://h/x,    --parallel
          miror a b,                    mirror
          miror --parallel=2 a b,       mirror
          help gett,                    get
          """)
  void nearestValidWordIsOffered(String line, String nearest) {
    assertThat(run(line.split(" ")).err()).contains("did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          done,        0
          incomplete,  3
          connection,  4
          credentials, 5
          unverified,  6
          """)
  void eachEndingHasItsStatusAndItsMessage(String which, int number) {
    Ending ending =
        switch (which) {
          case "done" -> new Ending.Done();
          case "incomplete" -> new Ending.Incomplete("why\u001B[2J");
          case "connection" -> new Ending.NoConnection("why\u001B[2J");
          case "credentials" -> new Ending.CredentialsRefused("why\u001B[2J");
          case "unverified" -> new Ending.Unverified("why\u001B[2J");
          default -> throw new IllegalArgumentException(which);
        };

    Run.Result result =
        Run.in(folder).with(FakeEngine.ending(ending)).of("get", "--json", "ftp://h/x");

    assertThat(result.status().number()).isEqualTo(number);
    assertThat(result.err()).doesNotContain("\u001B");
    List<String> lines = result.out().lines().toList();
    assertThat(lines.getLast())
        .startsWith("{\"files\":2,")
        .endsWith("\"exitStatus\":" + number + "}");
    if (number == 0) {
      assertThat(lines).hasSize(1);
    } else {
      assertThat(result.err()).contains("berth: why");
      assertThat(lines.getFirst())
          .isEqualTo("{\"error\":\"why\\u001B[2J\",\"exitStatus\":" + number + "}");
    }
  }

  @Test
  void interruptEndsWith130AndSaysSo() {
    Run.Result result = Run.in(folder).with(new BrokenEngine()).of("get", "--json", "ftp://h/x");

    assertThat(result.status().number()).isEqualTo(130);
    assertThat(result.out()).isEqualTo("{\"error\":\"interrupted\",\"exitStatus\":130}\n");
  }

  @Test
  void machinesGetAnObjectPerFileAndASummary() {
    FakeEngine some =
        FakeEngine.ending(
            FakeEngine.ALL_DONE,
            new FileResult("/a\"b", "./a", new FileResult.Done(10, 4, Duration.ofMillis(1250))),
            new FileResult("/b", "./b", new FileResult.Unchanged()),
            new FileResult("/c", "./c", new FileResult.Planned(7)),
            new FileResult(
                "/caf\uDCE9", "./d", new FileResult.Failed(FileResult.Cause.SERVER, "550 No")));

    Run.Result result = Run.in(folder).with(some).of("get", "--json", "ftp://h/x");

    assertThat(result.out())
        .isEqualTo(
            """
            {"source":"/a\\"b","target":"./a","result":"done","bytes":10,"resumedBytes":4,"seconds":1.25,"reason":null}
            {"source":"/b","target":"./b","result":"unchanged","bytes":null,"resumedBytes":null,"seconds":null,"reason":null}
            {"source":"/c","target":"./c","result":"planned","bytes":7,"resumedBytes":null,"seconds":null,"reason":null}
            {"source":"/café","target":"./d","result":"failed","bytes":null,"resumedBytes":null,"seconds":null,"reason":"550 No"}
            {"files":2,"failed":0,"unchanged":1,"bytes":2048,"resumedBytes":0,"deleted":0,"refusals":1,"waitedSeconds":1.5,"limit":2,"evidence":"stated by the server just now","exitStatus":0}
            """);
    assertThat(result.err()).contains("berth: /café: 550 No");
  }

  @Test
  void peopleGetTheSummaryUnlessTheyWantQuiet() {
    assertThat(run("get", "ftp://h/x").err())
        .contains(
            "2 of 2 files, 2.0 KiB in ", "limit 2 (stated by the server just now)", "1 refusal");
    assertThat(run("get", "--quiet", "ftp://h/x").everything()).isEmpty();
  }

  @Test
  void dialogueIsShownToThoseWhoAsk() {
    assertThat(run("get", "ftp://h/x").err()).doesNotContain("USER");
    assertThat(run("get", "-v", "ftp://h/x").err()).contains("> USER ann");
  }

  @Test
  void listingIsWrittenForMachinesAndForPeople() {
    ListingEntry whole =
        ListingEntry.named("a b", ListingEntry.Type.FILE)
            .size(12)
            .modified(
                new Modified(
                    ZonedDateTime.parse("2026-11-22T10:13:05Z"),
                    Modified.Precision.MINUTE,
                    Modified.Basis.STATED))
            .permissions("rw-r--r--")
            .owner("ann")
            .group("users")
            .build();
    ListingEntry bare = ListingEntry.named("e\u001B\nvil", ListingEntry.Type.LINK).build();
    FakeEngine some =
        FakeEngine.listing(
            new ListingLine.Entry(whole, List.of()),
            new ListingLine.Ignored("total"),
            new ListingLine.Entry(bare, List.of()),
            new ListingLine.Unreadable("???", "no form that Berth knows"));

    assertThat(Run.in(folder).with(some).of("ls", "--json", "ftp://h/").out())
        .isEqualTo(
            """
            {"name":"a b","type":"file","size":12,"modified":"2026-11-22T10:13Z","permissions":"rw-r--r--","owner":"ann","group":"users","target":null}
            {"name":"e\\u001B\\nvil","type":"link","size":null,"modified":null,"permissions":null,"owner":null,"group":null,"target":null}
            {"unreadable":"???","reason":"no form that Berth knows"}
            """);
    Run.Result people = Run.in(folder).with(some).of("ls", "ftp://h/");
    assertThat(people.out().lines()).hasSize(2);
    assertThat(people.out())
        .contains("-rw-r--r-- ann", "2026-11-22T10:13Z", "a b")
        .doesNotContain("\u001B");
    assertThat(people.err()).contains("cannot read '???'");
  }
}
