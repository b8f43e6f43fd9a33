package dev.berth.limits;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * One line of the kernel's tables of TCP connections, {@code /proc/net/tcp} and {@code tcp6}
 * (proc_net_tcp.txt of Linux). Immutable.
 *
 * @param local our address; of an IPv4 connection an IPv4 one, in whichever table it stands
 * @param port our port
 * @param remote the server's address
 * @param uid whose it is
 * @param inode by which processes that have it open are known; 0 when none has
 */
record TcpSocket(InetAddress local, int port, InetAddress remote, long uid, long inode) {
  /** 200,000 lines, enough for a busy proxy; the kernel needs some 0.2 s for so many. */
  private static final int MOST_BYTES = 200_000 * 150;

  private static final int BLOCK_BYTES = 64 * 1024;

  private static final int FIELDS = 10;

  /**
   * What a server counts, or is about to: established (1); asked for (2, SYN sent); ended by us and
   * not yet by the server (4 and 5, FIN wait). Not CLOSE_WAIT (8): there the server has ended.
   */
  private static final Set<String> COUNTED = Set.of("01", "02", "04", "05");

  TcpSocket {
    if (port < 0 || port > 65_535 || uid < 0 || inode < 0) {
      throw new IllegalArgumentException(
          "no port, user or inode: " + port + ", " + uid + ", " + inode);
    }
  }

  /** Whether no process has it open any more: closed here, and not yet ended by the other side. */
  boolean isOrphan() {
    return inode == 0;
  }

  /**
   * Reads a table.
   *
   * @param remotePort only connections to this port
   * @return none if there is no such table
   */
  static List<TcpSocket> read(Path table, int remotePort) throws IOException {
    String port = ":" + HexFormat.of().withUpperCase().toHexDigits((char) remotePort);
    List<TcpSocket> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(table)) {
      byte[] block = new byte[BLOCK_BYTES];
      int held = 0;
      int count = in.read(block);
      for (int bytes = 0; count > 0 && bytes < MOST_BYTES; bytes += count) {
        String text = new String(block, 0, held + count, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n') + 1;
        search(text.substring(0, end), port, found);
        boolean isNoTable = end == 0 && text.length() == BLOCK_BYTES;
        held = isNoTable ? 0 : text.length() - end;
        System.arraycopy(block, end, block, 0, held);
        count = in.read(block, held, block.length - held);
      }
    } catch (NoSuchFileException e) {
      // Another system, or one without IPv6.
      return List.of();
    }
    return found;
  }

  /**
   * By the port alone, not line by line: after a job of many files the table has tens of thousands
   * of connections that are ended, and a program that has just started reads lines slowly.
   */
  private static void search(String lines, String port, List<TcpSocket> found) {
    int at = lines.indexOf(port);
    while (at >= 0) {
      int start = lines.lastIndexOf('\n', at) + 1;
      int end = lines.indexOf('\n', at);
      parse(lines.substring(start, end), port).ifPresent(found::add);
      at = lines.indexOf(port, end);
    }
  }

  /** One line of it; nothing if it is none, or of a connection that is not counted. */
  static Optional<TcpSocket> parse(String line, String port) {
    StringTokenizer words = new StringTokenizer(line);
    if (words.countTokens() < FIELDS) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      fields.add(words.nextToken());
    }
    String local = fields.get(1);
    String remote = fields.get(2);
    int colon = local.indexOf(':');
    if (!remote.endsWith(port) || colon < 0 || !COUNTED.contains(fields.get(3))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TcpSocket(
              address(local.substring(0, colon)),
              HexFormat.fromHexDigits(local, colon + 1, local.length()),
              address(remote.substring(0, remote.length() - port.length())),
              Long.parseLong(fields.get(7)),
              Long.parseLong(fields.get(9))));
    } catch (IllegalArgumentException e) {
      // A kernel that writes its table otherwise: nothing is known of this one.
      return Optional.empty();
    }
  }

  /** Words of 32 bits, each in the byte order of this machine. */
  private static InetAddress address(String digits) {
    byte[] bytes = HexFormat.of().parseHex(digits);
    ByteBuffer inOrder = ByteBuffer.allocate(bytes.length);
    ByteBuffer asWritten = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    while (asWritten.remaining() >= Integer.BYTES) {
      inOrder.putInt(asWritten.getInt());
    }
    try {
      return InetAddress.getByAddress(inOrder.array());
    } catch (IOException e) {
      throw new IllegalArgumentException("no address: " + digits, e);
    }
  }
}
