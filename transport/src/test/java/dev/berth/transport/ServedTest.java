package dev.berth.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the server's side share: a listening socket. */
abstract class ServedTest extends TransportTest {
  private ServerSocketChannel listening;

  @BeforeEach
  void listen() throws IOException {
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
  }

  @AfterEach
  void listenNoMore() throws IOException {
    listening.close();
  }

  final InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listening.getLocalAddress();
  }

  /** A client of the JDK, in literal bytes; accepted next. */
  final Socket call() throws IOException {
    return new Socket(address().getAddress(), address().getPort());
  }

  /** Our own client; accepted next. */
  final ControlConnection connect() throws IOException {
    return ControlConnection.connect(address(), Source.any(), watchdog, soon());
  }

  final AcceptedControl accept() throws IOException {
    return AcceptedControl.of(listening.accept(), watchdog);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String text(ByteBuffer buffer) {
    return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
  }
}
