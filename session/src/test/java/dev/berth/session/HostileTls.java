package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Whoever speaks TLS wrongly on a control connection, and what comes of it. */
final class HostileTls {
  private HostileTls() {}

  /** How far TLS is when the wrong bytes come. */
  enum Stage {
    /** Behind 234, in place of the handshake. */
    HANDSHAKE,
    /** Behind the handshake, in place of a command. */
    COMMANDS,
    /** Behind the close_notify of the client. */
    CLOSED
  }

  /** Sends bytes past TLS, then nothing more, and reads until the server has ended it. */
  static void play(ServerUnderTest server, Stage stage, byte[] bytes) throws IOException {
    try (RawClient client = server.client()) {
      Socket plain = begin(client, stage);
      send(plain, bytes);
      endOutput(plain);
      readToEnd(plain);
    }
  }

  /** As above, but the client ends nothing by itself. */
  static void playOpenEnded(ServerUnderTest server, Stage stage, byte[] bytes) throws IOException {
    try (RawClient client = server.client()) {
      Socket plain = begin(client, stage);
      send(plain, bytes);
      readToEnd(plain);
    }
  }

  private static Socket begin(RawClient client, Stage stage) throws IOException {
    Socket plain = client.socket();
    client.say("AUTH TLS\r\n").expect("234");
    if (stage != Stage.HANDSHAKE) {
      client.startTls();
    }
    if (stage == Stage.CLOSED) {
      client.socket().shutdownOutput(); // close_notify alone: TCP goes on.
    }
    return plain;
  }

  private static void send(Socket plain, byte[] bytes) throws IOException {
    try {
      plain.getOutputStream().write(bytes);
    } catch (SocketException e) {
      assertThat(plain.isConnected()).isTrue(); // Hung up on in the middle.
    }
  }

  private static void endOutput(Socket plain) throws IOException {
    try {
      plain.shutdownOutput();
    } catch (SocketException e) {
      assertThat(plain.isConnected()).isTrue(); // Hung up on.
    }
  }

  private static void readToEnd(Socket plain) throws IOException {
    InputStream in = plain.getInputStream();
    byte[] dropped = new byte[1 << 14];
    int count = 0;
    while (count >= 0) {
      try {
        count = in.read(dropped);
      } catch (SocketException e) {
        return; // Reset.
      }
    }
  }

  /** One record, as its header says or not. */
  static byte[] record(int type, int length, int... content) {
    byte[] bytes = new byte[5 + content.length];
    bytes[0] = (byte) type;
    bytes[1] = 3;
    bytes[2] = 3;
    bytes[3] = (byte) (length >> 8);
    bytes[4] = (byte) length;
    for (int i = 0; i < content.length; i++) {
      bytes[5 + i] = (byte) content[i];
    }
    return bytes;
  }

  static byte[] repeated(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
    }
    return all;
  }

  /** What a client says first, as the JDK has it. */
  static byte[] clientHello() throws IOException {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 1);
      engine.setUseClientMode(true);
      engine.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      int length = engine.wrap(ByteBuffer.allocate(0), hello).bytesProduced();
      return Arrays.copyOf(hello.array(), length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK does TLS", e);
    }
  }

  /** The same handshake, in records of one byte each. */
  static byte[] inPieces(byte[] hello) {
    byte[] all = new byte[(hello.length - 5) * 6];
    for (int i = 5; i < hello.length; i++) {
      System.arraycopy(record(22, 1, hello[i]), 0, all, (i - 5) * 6, 6);
    }
    return all;
  }
}
