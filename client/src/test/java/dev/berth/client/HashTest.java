package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemotePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digests as servers tell them. */
@Timeout(60)
class HashTest {
  private static final RemotePath FILE = new RemotePath("/a b.txt");

  /** Of the nine octets "123456789": the check value of CRC-32, and what sha256sum tells. */
  private static final String CRC = "cbf43926";

  private static final String SHA_256 =
      "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";

  private static CommandTable offering(String... features) {
    StringBuilder reply = new StringBuilder("211-Features:\r\n");
    for (String feature : features) {
      reply.append(' ').append(feature).append("\r\n");
    }
    return CommandTable.normal().reply("FEAT", reply + "211 End\r\n");
  }

  private static Optional<FileHash> hash(CommandTable table, String... commands)
      throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Optional<FileHash> told = connection.hash(FILE, 9);
      assertThat(server.heard()).containsAll(List.of(commands));
      assertThat(connection.isReusable()).isTrue();
      return told;
    }
  }

  @Test
  void theStrongestKindOfHashIsChosen() throws IOException {
    CommandTable table =
        offering("HASH SHA-1;SHA-256;MD5*;CRC32", "XSHA1", "XCRC")
            .reply("OPTS", "200 SHA-256\r\n")
            .reply("HASH", "213 SHA-256 0-9 " + SHA_256 + " a b.txt\r\n");

    assertThat(hash(table, "OPTS HASH SHA-256", "HASH /a b.txt"))
        .contains(new FileHash(HashAlgorithm.SHA_256, SHA_256));
  }

  @ParameterizedTest
  @CsvSource({
    "XCRC, CRC_32, 250 CBF43926",
    "XCRC, CRC_32, 250 CRC is cbf43926",
    "XSHA256, SHA_256, 250 15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225",
    "XMD5, MD5, 213 25f9e794323b453885f5181f1b624d0b",
    "MD5, MD5, 251 \"/a b.txt\" 25F9E794323B453885F5181F1B624D0B",
    "XSHA, SHA_1, 250 f7c3bc1d808e04732adf679965ccc34ca7ae3441"
  })
  void olderCommandsAreUnderstood(String verb, HashAlgorithm algorithm, String reply)
      throws IOException {
    String own =
        algorithm.of(
            Channels.newChannel(
                new ByteArrayInputStream("123456789".getBytes(StandardCharsets.ISO_8859_1))));

    assertThat(hash(offering(verb).reply(verb, reply + "\r\n"), verb + " /a b.txt"))
        .contains(new FileHash(algorithm, own));
  }

  @Test
  void ourOwnDigestsAreTheKnownOnes() throws IOException {
    byte[] octets = "123456789".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(HashAlgorithm.CRC_32.of(Channels.newChannel(new ByteArrayInputStream(octets))))
        .isEqualTo(CRC);
    assertThat(HashAlgorithm.SHA_256.of(Channels.newChannel(new ByteArrayInputStream(octets))))
        .isEqualTo(SHA_256);
  }

  @Test
  void zerosThatACyclicCodeLacksAtItsFrontAreFilledIn() throws IOException {
    assertThat(hash(offering("XCRC").reply("XCRC", "250 3926\r\n")))
        .contains(new FileHash(HashAlgorithm.CRC_32, "00003926"));
  }

  @Test
  void aRefusalOfOneKindLeadsToTheNext() throws IOException {
    CommandTable table =
        offering("HASH SHA-256;SHA-1", "XCRC")
            .reply("OPTS", "501 unknown\r\n")
            .reply("XCRC", "250 " + CRC + "\r\n");

    assertThat(hash(table, "OPTS HASH SHA-256", "OPTS HASH SHA-1", "XCRC /a b.txt"))
        .contains(new FileHash(HashAlgorithm.CRC_32, CRC));
  }

  @Test
  void whatTheServerDoesNotKnowIsAskedOnce() throws IOException {
    CommandTable table =
        offering("HASH SHA-256", "XMD5", "XCRC")
            .reply("OPTS", "501 unknown\r\n")
            .reply("XMD5", "502 no\r\n")
            .reply("XCRC", "550 not this file\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      assertThat(connection.hash(FILE, 9)).isEmpty();
      assertThat(connection.hash(FILE, 9)).isEmpty();
      assertThat(clients.connect().hash(FILE, 9)).isEmpty();

      assertThat(server.heard()).containsOnlyOnce("OPTS HASH SHA-256", "XMD5 /a b.txt");
      assertThat(server.heard()).filteredOn("XCRC /a b.txt"::equals).hasSize(3);
      assertThat(connection.tellsHashes()).isTrue();
    }
  }

  @Test
  void whatIsNoDigestIsNotBelieved() throws IOException {
    assertThat(hash(offering("XMD5").reply("XMD5", "250 done\r\n"))).isEmpty();
    assertThat(hash(offering("XMD5").reply("XMD5", "550 no such file\r\n"))).isEmpty();
    String two = "0".repeat(32) + " " + "1".repeat(32);
    assertThat(hash(offering("XMD5").reply("XMD5", "250 " + two + "\r\n"))).isEmpty();
  }

  @Test
  void aServerThatOffersNoneIsAskedNothing() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(offering("UTF8"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      int before = server.heard().size();

      assertThat(connection.tellsHashes()).isFalse();
      assertThat(connection.hash(FILE, 9)).isEmpty();
      assertThat(server.heard()).hasSize(before);
    }
  }
}
