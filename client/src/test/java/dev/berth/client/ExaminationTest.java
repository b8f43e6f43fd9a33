package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Examination.Question;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to servers that answer each in its own way, wrong ones among them. */
@Timeout(60)
class ExaminationTest {
  private static final String CONTENT = "some bytes to try things on\n";

  private final Examination examination = new Examination(new RemoteLocation.FromLogin(""));

  private static CommandTable table() {
    return CommandTable.normal().file("/small.txt", CONTENT);
  }

  /** Asks each question on a connection that works: a new one where the last broke. */
  private void ask(CommandTable table, Question... questions) throws IOException {
    ask(table, Clients::of, questions);
  }

  private void ask(CommandTable table, Function<ScriptedServer, Clients> to, Question... questions)
      throws IOException {
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = to.apply(server)) {
      FtpConnection connection = clients.connect();
      for (Question question : questions) {
        if (!connection.isReusable()) {
          connection.abort();
          connection = clients.connect();
        }
        examination.ask(question, connection);
      }
      connection.quit(Clients.LONG);
    }
    server.allowFailures();
    server.close();
  }

  private Answer of(Fact fact) {
    return examination.answers().of(fact);
  }

  private void assertYes(Fact... facts) {
    assertThat(facts).allSatisfy(it -> assertThat(of(it)).isInstanceOf(Answer.Yes.class));
  }

  private void assertNo(Fact fact, String words) {
    assertThat(of(fact)).isInstanceOf(Answer.No.class);
    assertThat(of(fact).evidence()).contains(words);
  }

  @Test
  void aServerThatDoesAllAsItShouldGetsAYesToEverything() throws IOException {
    ask(
        table(),
        Question.WELCOME,
        Question.ENCRYPTION,
        Question.LISTINGS,
        Question.FILES,
        Question.EPSV,
        Question.PASV,
        Question.EPRT,
        Question.PORT,
        Question.PAIR,
        Question.AHEAD,
        Question.NOOP);

    assertYes(Fact.MLSD, Fact.MLST, Fact.LIST, Fact.SIZE, Fact.MDTM, Fact.REST);
    assertYes(Fact.EPSV, Fact.PASV, Fact.PASSIVE_ADDRESS, Fact.EPRT, Fact.PORT);
    assertYes(Fact.PAIR, Fact.AHEAD, Fact.NOOP_IN_TRANSFER);
    assertThat(of(Fact.TLS))
        .isEqualTo(new Answer.Unknown("not tried, for --tls=off; FEAT does not list AUTH"));
    assertThat(of(Fact.GREETING)).isEqualTo(new Answer.Told("ready", ""));
  }

  @Test
  void aPassiveReplyThatNamesAnotherHostIsToldAndDoesNoHarm() throws IOException {
    CommandTable nat = table().answer("PASV", (it, argument) -> it.sayPassive("10,1,2,3"));

    ask(nat, Question.LISTINGS, Question.PASV);

    assertNo(Fact.PASSIVE_ADDRESS, "227 names 10.1.2.3");
    assertThat(of(Fact.PASSIVE_ADDRESS).evidence()).contains("127.0.0.1 all the same");
    assertYes(Fact.PASV);
  }

  @Test
  void aServerWithoutEpsvIsAskedNoPairs() throws IOException {
    CommandTable old = table().reply("EPSV", "500 what?\r\n");

    ask(old, Question.LISTINGS, Question.EPSV, Question.PASV, Question.PAIR);

    assertNo(Fact.EPSV, "500 what?");
    assertYes(Fact.PASV);
    assertThat(of(Fact.PAIR)).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void aServerThatDropsWhatComesBehindACommandTakesNoPairs() throws IOException {
    AtomicBoolean drops = new AtomicBoolean();
    CommandTable dropping =
        table()
            .answer(
                "EPSV",
                (it, argument) -> {
                  it.sayExtendedPassive();
                  if (drops.get()) {
                    it.next();
                  }
                });

    ask(dropping, Question.LISTINGS, Question.EPSV);
    assertYes(Fact.EPSV);
    drops.set(true);
    ask(dropping, Clients::impatient, Question.PAIR);

    assertNo(Fact.PAIR, "timed out");
  }

  @Test
  void aPairAnsweredOutOfOrderIsNoYesThoughTheBytesCome() throws IOException {
    AtomicBoolean isSecond = new AtomicBoolean();
    CommandTable mixed =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  if (isSecond.get()) {
                    it.say("229 Entering (|||1|)\r\n");
                  }
                  it.say("150 here\r\n").sendData(CONTENT.getBytes("US-ASCII")).say("226 ok\r\n");
                })
            .answer(
                "SYST",
                (it, argument) -> {
                  isSecond.set(true);
                  it.say("215 UNIX\r\n");
                });

    ask(mixed, Question.LISTINGS, Question.EPSV, Question.WELCOME, Question.PAIR);

    assertNo(Fact.PAIR, "229 Entering");
  }

  @Test
  void aHashIsBelievedOnlyIfItIsThatOfTheContent() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(CONTENT.getBytes("US-ASCII"));
    String hex = Long.toHexString(crc.getValue()).toUpperCase(Locale.ROOT);
    CommandTable hashing =
        table()
            .reply("FEAT", "211-Features\r\n XCRC\r\n XMD5\r\n211 End\r\n")
            .reply("XCRC", "250 " + hex + "\r\n")
            .reply("XMD5", "250 d41d8cd98f00b204e9800998ecf8427e\r\n");

    ask(hashing, Question.LISTINGS, Question.HASHES);

    assertYes(Fact.XCRC);
    assertNo(Fact.XMD5, "disagrees");
    assertNo(Fact.XSHA1, "FEAT");
  }

  /** What {@code --verify=hash} does not believe is no yes here. */
  @Test
  void aReplyWithTwoHashesIsNotBelieved() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(CONTENT.getBytes("US-ASCII"));
    String hex = "%08x".formatted(crc.getValue());
    CommandTable hashing =
        table()
            .reply("FEAT", "211-Features\r\n XCRC\r\n211 End\r\n")
            .reply("XCRC", "250 " + hex + " 12345678\r\n");

    ask(hashing, Question.LISTINGS, Question.HASHES);

    assertNo(Fact.XCRC, "no CRC32 is to be found");
  }

  @Test
  void writingLeavesNothingBehind() throws IOException {
    CommandTable table = table();

    ask(table, Question.LISTINGS, Question.WRITING);

    assertYes(Fact.STOR, Fact.APPE);
    assertNo(Fact.MFMT, "50");
    assertThat(table.files().keySet()).isEqualTo(Set.of("/small.txt"));
  }

  private static boolean isOurs(String path) {
    return path.endsWith(".part");
  }

  /** As in a folder that takes files from everybody, and shows them to nobody. */
  @Test
  void aFileThatCannotBeReadAgainIsStoredAllTheSameAndRemoved() throws IOException {
    CommandTable dropping = table();
    dropping.answer(
        "RETR",
        (it, path) -> {
          if (isOurs(path)) {
            it.say("550 not for you\r\n");
          } else {
            it.say("150 here\r\n").sendData(CONTENT.getBytes("US-ASCII")).say("226 ok\r\n");
          }
        });

    ask(dropping, Question.LISTINGS, Question.WRITING);

    assertYes(Fact.STOR);
    assertThat(of(Fact.STOR).evidence()).contains("550 not for you");
    assertThat(of(Fact.APPE)).isInstanceOf(Answer.Unknown.class);
    assertThat(dropping.files().keySet()).isEqualTo(Set.of("/small.txt"));
  }

  @Test
  void aFileWhoseConnectionBreaksIsRemovedOnAnother() throws IOException {
    CommandTable breaking = table();
    breaking.answer(
        "RETR",
        (it, path) -> {
          if (isOurs(path)) {
            it.close();
          } else {
            it.say("150 here\r\n").sendData(CONTENT.getBytes("US-ASCII")).say("226 ok\r\n");
          }
        });

    ask(breaking, Question.LISTINGS, Question.WRITING);
    assertYes(Fact.STOR);
    assertThat(of(Fact.STOR).evidence()).contains(".part could not be removed");
    assertThat(examination.isWorthAsking(Question.REMOVING)).isTrue();
    ask(breaking, Question.REMOVING);

    assertThat(of(Fact.STOR).evidence()).doesNotContain("could not be removed");
    assertThat(examination.isWorthAsking(Question.REMOVING)).isFalse();
    assertThat(breaking.files().keySet()).isEqualTo(Set.of("/small.txt"));
  }

  @Test
  void aFullDiskSaysNothingOfStorAndWhatItLeavesIsRemoved() throws IOException {
    AtomicBoolean isRemoved = new AtomicBoolean();
    CommandTable full =
        table()
            .answer(
                "STOR",
                (it, path) -> {
                  it.say("150 go on\r\n").receiveData();
                  it.say("452 no space left\r\n");
                })
            .answer(
                "DELE",
                (it, path) -> {
                  isRemoved.set(isOurs(path));
                  it.say("250 gone\r\n");
                });

    ask(full, Question.LISTINGS, Question.WRITING);

    assertThat(of(Fact.STOR)).isInstanceOf(Answer.Unknown.class);
    assertThat(of(Fact.STOR).evidence()).contains("452");
    assertThat(isRemoved).isTrue();
  }

  @Test
  void noDataConnectionSaysNothingOfStor() throws IOException {
    ask(table().reply("EPSV", "500 what?\r\n").reply("PASV", "500 what?\r\n"), Question.WRITING);

    assertThat(of(Fact.STOR)).isEqualTo(new Answer.Unknown("EPSV: 500 what?"));
  }

  @Test
  void bothFormsOfUtimeAreTried() throws IOException {
    CommandTable timing =
        table()
            .reply("MDTM", "213 20010203040506\r\n")
            .answer(
                "SITE",
                (it, argument) ->
                    it.say(argument.startsWith("UTIME 2001") ? "200 ok\r\n" : "501 no\r\n"));

    ask(timing, Question.WRITING);

    assertYes(Fact.SITE_UTIME);
    assertNo(Fact.SITE_CHMOD, "501");
  }

  @Test
  void aFolderThatIsMissingSaysNothingOfListings() throws IOException {
    assertNowhere(table());
  }

  /** As Apache FtpServer 1.2.1 has it. */
  @Test
  void anEmptyListingIsNoFolder() throws IOException {
    assertNowhere(
        table()
            .answer(
                "MLSD",
                (it, path) -> it.say("150 here\r\n").sendData(new byte[0]).say("226 ok\r\n")));
  }

  private static void assertNowhere(CommandTable table) throws IOException {
    Examination elsewhere = new Examination(new RemoteLocation.FromLogin("nowhere"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      elsewhere.ask(Question.LISTINGS, clients.connect());
    }

    assertThat(elsewhere.missingPlace()).contains(new RemotePath("/nowhere"));
    assertThat(elsewhere.answers().of(Fact.LIST)).isInstanceOf(Answer.Unknown.class);
  }

  /** Apache FtpServer says 150 first. */
  @Test
  void aServerThatCannotConnectIsHeardAtOnce() throws IOException {
    long before = System.nanoTime();
    ask(table().reply("LIST", "150 here\r\n425 cannot connect\r\n"), Question.EPRT);

    assertNo(Fact.EPRT, "425 cannot connect");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Clients.LONG.dividedBy(2));
  }

  @Test
  void aServerThatTakesNoFilesIsAskedNothingMore() throws IOException {
    ask(table().reply("STOR", "553 read only\r\n"), Question.LISTINGS, Question.WRITING);

    assertNo(Fact.STOR, "553 read only");
    assertThat(of(Fact.APPE)).isEqualTo(Answer.notAsked());
  }

  @Test
  void withoutASmallFileThePassiveModesAreTriedWithAListing() throws IOException {
    ask(CommandTable.normal(), Question.LISTINGS, Question.FILES, Question.EPSV, Question.PAIR);

    assertYes(Fact.EPSV);
    assertThat(of(Fact.SIZE).evidence()).contains("no file");
    assertThat(of(Fact.PAIR)).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void aSessionThatTheServerEndsTellsItsWords() throws IOException {
    CommandTable busy =
        table().answer("NOOP", (it, argument) -> it.say("200 ok\r\n421 Timeout.\r\n").close());
    ScriptedServer server = ScriptedServer.start(busy);
    try (Clients clients = Clients.of(server)) {
      IdleSession.End end = new IdleSession(clients.connect()).await(Clients.LONG);

      assertThat(end).isInstanceOf(IdleSession.Ended.class);
      assertThat(((IdleSession.Ended) end).words()).isEqualTo("421 Timeout.");
    }
    server.allowFailures();
    server.close();
  }
}
