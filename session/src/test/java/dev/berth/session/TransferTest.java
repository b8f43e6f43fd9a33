package dev.berth.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the bytes, by type, mode, offset and command. */
final class TransferTest {
  private ServerUnderTest server;
  private final byte[] content = MemoryBackend.content(1000);

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.start();
    server.backend.files.put("/a", content);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private String kept(String name) {
    return text(server.backend.files.getOrDefault(name, bytes("nothing")));
  }

  @Test
  void retrieveGoesOnFromAnOffsetOnce() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("REST 900\r\n").expect("350");
      assertThat(client.receive("RETR a")).isEqualTo(Arrays.copyOfRange(content, 900, 1000));
      assertThat(client.receive("RETR a")).isEqualTo(content);
      client.say("REST 1000\r\n").expect("350");
      assertThat(client.receive("RETR a")).isEmpty();
    }
  }

  @Test
  void anOffsetBeyondTheEndIsRefusedBothWays() throws IOException {
    try (RawClient client = server.alice();
        Socket unused = client.passive()) {
      client.say("REST 1001\r\n").expect("350");
      client.say("RETR a\r\n").expect("554");
      client.say("REST 1001\r\n").expect("350");
      client.say("STOR a\r\n").expect("554");
      assertThat(client.ask("SIZE a")).isEqualTo("213 1000");
      assertThat(unused.isConnected()).isTrue();
    }
  }

  @Test
  void storeGoesOnFromAnOffset() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("REST 3\r\n").expect("350");
      assertThat(client.send("STOR a", bytes("xyz"))).startsWith("226 ");
      assertThat(server.backend.files.get("/a"))
          .isEqualTo(new byte[] {content[0], content[1], content[2], 'x', 'y', 'z'});
    }
  }

  @Test
  void aRangeHoldsForOneRetrieve() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("RANG 10 19\r\n").expect("350");
      assertThat(client.receive("RETR a")).isEqualTo(Arrays.copyOfRange(content, 10, 20));
      assertThat(client.receive("RETR a")).isEqualTo(content);
      client.say("RANG 10 19\r\n").expect("350");
      client.say("STOR a\r\n").expect("504");
      client.say("RANG 990 5000\r\n").expect("350");
      assertThat(client.receive("RETR a")).isEqualTo(Arrays.copyOfRange(content, 990, 1000));
    }
  }

  @Test
  void appendGoesBehindWhateverIsThere() throws IOException {
    try (RawClient client = server.alice()) {
      assertThat(client.send("APPE log", bytes("one "))).startsWith("226 ");
      assertThat(client.send("APPE log", bytes("two"))).startsWith("226 ");
      assertThat(kept("/log")).isEqualTo("one two");
    }
  }

  @Test
  void storeUniqueTellsTheNameThatItChose() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      assertThat(client.ask("STOU a")).isEqualTo("150 FILE: /a.1");
      data.shutdownOutput();
      client.expect("226");
      assertThat(server.backend.files).containsKeys("/a", "/a.1");
    }
  }

  @Test
  void activeModeIsServed() throws IOException {
    try (RawClient client = server.alice();
        ServerSocket listener = client.active()) {
      client.say("RETR a\r\n");
      try (Socket data = listener.accept()) {
        client.expect("150");
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      }
      client.expect("226");
      client.say("RETR a\r\n").expect("425");
    }
  }

  @Test
  void activeModeIntoTheVoidIsToldAs425() throws IOException {
    try (RawClient client = server.alice()) {
      client.active().close();
      assertThat(client.ask("RETR a")).startsWith("425 ");
      assertThat(client.ask("NOOP")).startsWith("200 ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "a~b~|a^~b^~",
        "a^~b|a^~b",
        "a^b|a^b",
        "~~|^~^~",
        "^^~|^^~",
        "^|^",
        "|",
      },
      delimiter = '|',
      emptyValue = "")
  void textGoesOutWithLinesThatEndWithCrLf(String kept, String sent) throws IOException {
    String file = ends(kept);
    server.backend.files.put("/t", bytes(file));
    try (RawClient client = server.alice()) {
      client.say("TYPE A\r\n").expect("200");
      assertThat(text(client.receive("RETR t"))).isEqualTo(ends(sent));
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "a^~b^~|a~b~",
        "a~b|a~b",
        "a^b|a^b",
        "^^~|^~",
        "a^|a^",
        "^~^~|~~",
      },
      delimiter = '|')
  void textComesInWithLinesThatEndWithLf(String sent, String kept) throws IOException {
    try (RawClient client = server.alice()) {
      client.say("TYPE A\r\n").expect("200");
      assertThat(client.send("STOR t", bytes(ends(sent)))).startsWith("226 ");
      assertThat(kept("/t")).isEqualTo(ends(kept));
    }
  }

  private static String ends(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text.replace('^', '\r').replace('~', '\n');
  }

  @ParameterizedTest
  @ValueSource(ints = {32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, 256 * 1024 - 1, 256 * 1024})
  void lineEndsThatFallOnTheBordersOfBuffersAreKept(int at) throws IOException {
    String file = "x".repeat(at) + "\n" + "y".repeat(300_000) + "\n";
    server.backend.files.put("/t", bytes(file));
    try (RawClient client = server.alice()) {
      client.say("TYPE A\r\n").expect("200");
      byte[] sent = client.receive("RETR t");
      assertThat(text(sent)).isEqualTo(file.replace("\n", "\r\n"));
      assertThat(client.send("STOR back", sent)).startsWith("226 ");
      assertThat(kept("/back")).isEqualTo(file);
    }
  }

  @Test
  void aCarriageReturnAndItsLineFeedMayComeApart() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    AsciiIncoming ascii = new AsciiIncoming(Channels.newChannel(kept));

    for (byte octet : bytes("a\r\nb\r\rc\r\n")) {
      ascii.write(ByteBuffer.wrap(new byte[] {octet}));
    }

    assertThat(text(kept.toByteArray())).isEqualTo("a\nb\r\rc\n");
  }

  @Test
  void deflatedDataGoesBothWays() throws IOException {
    byte[] large = new byte[2_000_000];
    Arrays.fill(large, (byte) 'z');
    System.arraycopy(content, 0, large, 1_000_000, 1000);
    server.backend.files.put("/large", large);
    try (RawClient client = server.alice()) {
      client.say("MODE Z\r\n").expect("200");
      byte[] sent = client.receive("RETR large");
      assertThat(sent.length).isLessThan(100_000);
      assertThat(inflated(sent)).isEqualTo(large);
      assertThat(client.send("STOR back", sent)).startsWith("226 ");
      assertThat(server.backend.files.get("/back")).isEqualTo(large);
      assertThat(text(inflated(client.receive("NLST")))).contains("large\r\n");
      client.say("RANG 10 19\r\n").expect("350");
      assertThat(inflated(client.receive("RETR a"))).isEqualTo(Arrays.copyOfRange(content, 10, 20));
    }
  }

  @Test
  void deflatedDataThatIsCutOrIsNoneIsNotKept() throws IOException {
    byte[] deflated = deflated(content);
    try (RawClient client = server.alice()) {
      client.say("MODE Z\r\n").expect("200");
      byte[] cut = Arrays.copyOf(deflated, deflated.length / 2);
      assertThat(client.send("STOR x", cut)).startsWith("426 ").contains("cut");
      assertThat(client.send("STOR x", new byte[0])).startsWith("426 ");
      assertThat(client.send("STOR x", content)).startsWith("426 ");
      assertThat(client.send("STOR x", deflated)).startsWith("226 ");
    }
  }

  /** Inflater asks for a dictionary, again and again. */
  @Test
  void dataDeflatedWithADictionaryIsRefused() throws IOException {
    Deflater deflater = new Deflater();
    deflater.setDictionary(content);
    deflater.setInput(content);
    deflater.finish();
    byte[] deflated = new byte[5000];
    int length = deflater.deflate(deflated);
    deflater.end();
    try (RawClient client = server.alice()) {
      client.say("MODE Z\r\n").expect("200");
      assertThat(client.send("STOR x", Arrays.copyOf(deflated, length))).startsWith("426 ");
      assertThat(client.ask("NOOP")).startsWith("200 ");
    }
  }

  private static byte[] inflated(byte[] bytes) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(all)) {
      deflater.write(bytes);
    }
    return all.toByteArray();
  }

  @Test
  void theSizeIsToldIn150WhereItIsThatOfTheData() throws IOException {
    try (RawClient client = server.alice()) {
      assertThat(announced(client)).contains("(1000 bytes)");
      client.say("TYPE A\r\n").expect("200");
      assertThat(announced(client)).doesNotContain("bytes)");
      client.say("TYPE I\r\nMODE Z\r\n").expect("200");
      client.expect("200");
      assertThat(announced(client)).doesNotContain("bytes)");
    }
  }

  private static String announced(RawClient client) throws IOException {
    try (Socket data = client.passive()) {
      String reply = client.say("RETR a\r\n").expect("150");
      data.getInputStream().readAllBytes();
      client.expect("226");
      return reply;
    }
  }

  @Test
  void listingsTakeFoldersPatternsAndFlags() throws IOException {
    server.backend.folders.add("/dir");
    for (String name : new String[] {"/dir/b.txt", "/dir/c.bin", "/dir/.hidden", "/-l"}) {
      server.backend.files.put(name, new byte[1]);
    }
    try (RawClient client = server.alice()) {
      assertThat(text(client.receive("NLST"))).isEqualTo("dir\r\n-l\r\na\r\n");
      assertThat(text(client.receive("NLST dir"))).isEqualTo("dir/b.txt\r\ndir/c.bin\r\n");
      assertThat(text(client.receive("NLST -a dir/"))).contains("dir/.hidden\r\n");
      assertThat(text(client.receive("NLST -la dir/*.txt"))).isEqualTo("dir/b.txt\r\n");
      assertThat(text(client.receive("NLST dir/?.b*"))).isEqualTo("dir/c.bin\r\n");
      assertThat(text(client.receive("NLST dir/none*"))).isEmpty();
      assertThat(text(client.receive("NLST /dir/b.txt"))).isEqualTo("/dir/b.txt\r\n");
      assertThat(text(client.receive("NLST -l"))).isEqualTo("-l\r\n");
      assertThat(text(client.receive("LIST -al dir/b.txt"))).endsWith(" b.txt\r\n");
      client.say("OPTS MLST size;\r\n").expect("200");
      assertThat(text(client.receive("MLSD dir"))).contains("size=1; .hidden\r\n");
    }
  }

  @Test
  void aFolderThatIsNotThereIsToldBeforeAnyDataConnection() throws IOException {
    try (RawClient client = server.alice()) {
      try (Socket data = client.passive()) {
        assertThat(client.ask("LIST none")).startsWith("550 ");
        assertThat(client.ask("RETR none")).startsWith("550 ");
        assertThat(client.say("RETR a\r\n").expect("150")).isNotEmpty();
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      }
      client.expect("226");
    }
  }

  @Test
  void whatCannotBeKeptIsToldInPlaceOf226() throws IOException {
    server.backend.keeping =
        () -> Optional.of(new Denial(Denial.Reason.OVER_QUOTA, "Your quota is used up."));
    try (RawClient client = server.alice()) {
      assertThat(client.send("STOR x", content)).isEqualTo("552 Your quota is used up.");
      assertThat(client.ask("NOOP")).startsWith("200 ");
    }
  }

  @Test
  void aFaultOnOurSideIsToldWithoutItsDetails() throws IOException {
    server.backend.keeping =
        () -> {
          throw new UncheckedIOException(new IOException("disk sda1 burns"));
        };
    try (RawClient client = server.alice()) {
      try {
        assertThat(client.send("STOR x", content)).doesNotContain("sda1");
      } catch (EOFException e) {
        assertThat(e).hasMessageContaining("closed by the server");
      }
    }
    server.awaitNobody();
  }

  @Test
  void statusIsAnsweredWhileATransferRunsAndNothingElseIs() throws IOException {
    server.backend.zeros.put("/long", 1L << 40);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR long\r\n").expect("150");
      Thread reader = Thread.ofVirtual().start(() -> drop(data));
      assertThat(client.ask("STAT")).startsWith("211-").contains("RETR of /long: ");
      assertThat(client.ask("STAT")).startsWith("211-");
      client.say("STAT a\r\nSTAT\r\nABOR\r\n");
      client.expect("426");
      client.expect("213");
      client.expect("211");
      client.expect("226");
      reader.interrupt();
    }
  }

  @Test
  void statusIsAnsweredWhileADownloadStalls() throws IOException {
    server.backend.zeros.put("/long", 1L << 40);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR long\r\n").expect("150");
      for (int i = 0; i < 3; i++) { // Nobody reads the data.
        assertThat(client.ask("STAT")).startsWith("211-").contains("RETR of /long: ");
      }
      client.say("NOOP\r\nSTAT\r\nABOR\r\n");
      client.expect("426");
      client.expect("200");
      assertThat(client.hear()).startsWith("211-").contains("no transfer under way");
      client.expect("226");
      assertThat(data.isConnected()).isTrue();
    }
  }

  @Test
  void statusIsAnsweredWhileAnUploadStalls() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR a\r\nSTAT\r\n").expect("150");
      assertThat(client.hear()).startsWith("211-").contains("STOR of /a: 0 bytes");
      assertThat(client.ask("STAT")).startsWith("211-").contains("STOR of /a: ");
      data.shutdownOutput();
      client.expect("226");
      client.say("NOOP\r\n").expect("200");
    }
  }

  /** The 211 is written by another thread than the 226. */
  @Test
  void statusAtTheEndOfATransferLosesNoReply() throws IOException {
    server.backend.files.put("/large", MemoryBackend.content(20_000_000));
    byte[] some = new byte[20_000_000];
    try (RawClient client = server.alice()) {
      for (int i = 0; i < 100; i++) {
        try (Socket data = client.passive()) {
          client.say("RETR large\r\n").expect("150");
          if (i % 2 == 0) {
            client.ask("STAT"); // So that somebody listens.
          }
          data.getInputStream().readNBytes(some, 0, i * 200_000);
          client.say("STAT\r\nPWD\r\n");
          RawClient.awaitEnd(data);
          List<String> replies = List.of(client.hear(), client.hear());
          assertThat(replies).anyMatch(it -> it.startsWith("211-"));
          assertThat(replies).anyMatch(it -> it.startsWith("226 "));
          client.expect("257");
        }
      }
    }
  }

  private static void drop(Socket data) {
    byte[] dropped = new byte[1 << 16];
    try {
      while (data.getInputStream().read(dropped) >= 0) {
        // More.
      }
    } catch (IOException e) {
      return; // It was aborted.
    }
  }

  @Test
  void quitSentAheadEndsTheSessionBehindTheTransfer() throws IOException {
    byte[] large = MemoryBackend.content(20_000_000);
    server.backend.files.put("/large", large);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR large\r\nQUIT\r\n").expect("150");
      server.awaitTransfer();
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(large);
      client.expect("226");
      client.expect("221");
      assertThat(client.isEnded()).isTrue();
    }
    server.awaitNobody();
  }
}
