package dev.berth.session;

import dev.berth.admission.Network;
import dev.berth.wire.ProtocolException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a proxy says before the client does: for whom it speaks (PROXY protocol, versions 1 and 2,
 * as HAProxy specifies it). Pure. Read only from proxies that are trusted: anybody can write it.
 */
sealed interface ProxyHeader {
  /** No header is longer: that of version 2 without a peculiar extension. */
  int LONGEST = 1024;

  /**
   * A client speaks through the proxy.
   *
   * @param client its address and port
   * @param length of the header in bytes; what follows is FTP
   */
  record Client(InetSocketAddress client, int length) implements ProxyHeader {}

  /**
   * The proxy speaks for itself, as when it looks whether the server lives.
   *
   * @param length of the header in bytes
   */
  record Itself(int length) implements ProxyHeader {}

  /**
   * Reads a header.
   *
   * @param bytes what has arrived, from position to limit; not consumed
   * @return nothing when more bytes are needed
   * @throws ProtocolException if that is no header
   */
  static Optional<ProxyHeader> read(ByteBuffer bytes) throws ProtocolException {
    ByteBuffer view = bytes.slice();
    if (ProxyHeaderReader.mayBeBinary(view)) {
      return ProxyHeaderReader.binary(view);
    }
    return ProxyHeaderReader.text(view);
  }
}

/** Reads both forms. Pure. */
final class ProxyHeaderReader {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int FIXED = 16;

  /** "PROXY TCP6 " with two addresses and ports as long as can be, and CR LF. */
  private static final int LONGEST_TEXT = 107;

  private ProxyHeaderReader() {}

  static boolean mayBeBinary(ByteBuffer bytes) {
    int common = Math.min(bytes.remaining(), SIGNATURE.length);
    for (int i = 0; i < common; i++) {
      if (bytes.get(i) != SIGNATURE[i]) {
        return false;
      }
    }
    return common > 0;
  }

  static Optional<ProxyHeader> binary(ByteBuffer bytes) throws ProtocolException {
    if (bytes.remaining() < FIXED) {
      return Optional.empty();
    }
    int version = bytes.get(12) >> 4 & 0xF;
    int command = bytes.get(12) & 0xF;
    int family = bytes.get(13) & 0xFF;
    int length = FIXED + (bytes.getShort(14) & 0xFFFF);
    if (version != 2 || command > 1 || length > ProxyHeader.LONGEST) {
      throw new ProtocolException(
          "a PROXY header of version " + version + ", " + length + " bytes");
    }
    if (bytes.remaining() < length) {
      return Optional.empty();
    }
    if (command == 0) {
      return Optional.of(new ProxyHeader.Itself(length));
    }
    return Optional.of(new ProxyHeader.Client(source(bytes, family, length), length));
  }

  private static InetSocketAddress source(ByteBuffer bytes, int family, int length)
      throws ProtocolException {
    int size =
        switch (family) {
          case 0x11 -> 4; // TCP over IPv4
          case 0x21 -> 16; // TCP over IPv6
          default ->
              throw new ProtocolException(
                  "a PROXY header of family " + Integer.toHexString(family));
        };
    if (length < FIXED + 2 * size + 4) {
      throw new ProtocolException("a PROXY header without room for its addresses");
    }
    byte[] address = new byte[size];
    bytes.get(FIXED, address);
    int port = bytes.getShort(FIXED + 2 * size) & 0xFFFF;
    return new InetSocketAddress(of(address), port);
  }

  static Optional<ProxyHeader> text(ByteBuffer bytes) throws ProtocolException {
    int length = Math.min(bytes.remaining(), LONGEST_TEXT);
    byte[] start = new byte[length];
    bytes.get(0, start);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n");
    int common = Math.min(6, text.length());
    if (!text.startsWith("PROXY ".substring(0, common))) {
      throw new ProtocolException("no PROXY header where a trusted proxy has to send one");
    }
    if (end < 0) {
      if (length == LONGEST_TEXT) {
        throw new ProtocolException("a PROXY header without end");
      }
      return Optional.empty();
    }
    return Optional.of(parts(text.substring(0, end).split(" ", -1), end + 2));
  }

  private static ProxyHeader parts(String[] parts, int length) throws ProtocolException {
    if (parts.length >= 2 && parts[1].equals("UNKNOWN")) {
      return new ProxyHeader.Itself(length);
    }
    if (parts.length != 6 || !(parts[1].equals("TCP4") || parts[1].equals("TCP6"))) {
      throw new ProtocolException("a PROXY header of " + parts.length + " words");
    }
    return new ProxyHeader.Client(new InetSocketAddress(literal(parts[2]), port(parts[4])), length);
  }

  /** Never a name: that would be asked of DNS. */
  private static InetAddress literal(String text) throws ProtocolException {
    try {
      if (text.indexOf('/') < 0) {
        return Network.parse(text).base();
      }
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("no address in a PROXY header");
    }
    throw new ProtocolException("no address in a PROXY header");
  }

  private static InetAddress of(byte[] address) throws ProtocolException {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new ProtocolException("no address in a PROXY header");
    }
  }

  private static int port(String text) throws ProtocolException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 0xFFFF) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new ProtocolException("no port in a PROXY header");
    }
    throw new ProtocolException("no port in a PROXY header");
  }
}
