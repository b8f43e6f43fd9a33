package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * What a client has of one download.
 *
 * @param content all that came
 * @param end how its data connection ended
 * @param last the last reply
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Fetched(byte[] content, End end, String last) {
  /** How a data connection ends. */
  enum End {
    /** In order. */
    FIN,
    /** Cut. */
    RESET,
    /** It was never begun. */
    NONE
  }

  /** Asks for a file, whatever comes of it. */
  static Fetched by(RawClient client, String name) throws IOException {
    try (Socket data = client.passive()) {
      return by(client.say("RETR " + name + "\r\n"), data, client.hear());
    }
  }

  /**
   * The rest of a download.
   *
   * @param reply the first one to RETR
   */
  static Fetched by(RawClient client, Socket data, String reply) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (!reply.startsWith("1")) {
      return new Fetched(content.toByteArray(), End.NONE, reply);
    }
    End end = End.FIN;
    try {
      data.getInputStream().transferTo(content);
    } catch (SocketException reset) {
      end = End.RESET;
    }
    return new Fetched(content.toByteArray(), end, client.hear());
  }

  boolean isDone() {
    return last.startsWith("2");
  }

  /** It is whole and said to be, or it is said why not, and that it may be tried again. */
  Fetched isHonest(byte[] whole) {
    if (isDone()) {
      assertThat(content).isEqualTo(whole);
    } else {
      assertThat(last).matches("(?s)4(26|50|51)[ -].{10,}");
      assertThat(end == End.RESET || content.length == 0).as(last + ", " + end).isTrue();
    }
    return this;
  }

  /** It is whole. */
  void isWhole(byte[] whole) {
    assertThat(last).startsWith("226");
    assertThat(content).isEqualTo(whole);
  }
}
