package dev.berth.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses: all that begin with the same bits. Also the prefix under which an address
 * is counted. An IPv4 address inside IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address
 * everywhere. Immutable.
 *
 * @param base the first address of the range: all bits behind the length are zero
 * @param length how many bits are fixed: 0 to 32 in IPv4, 0 to 128 in IPv6
 */
public record Network(InetAddress base, int length) {
  private static final int MAPPED_BITS = 96;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

  public Network {
    byte[] bits = plainBytes(base);
    if (length < 0 || length > bits.length * 8) {
      throw new IllegalArgumentException(
          "length " + length + " must be 0 to " + bits.length * 8 + " for " + written(bits));
    }
    if (!Arrays.equals(bits, masked(bits, length))) {
      throw new IllegalArgumentException(
          written(bits)
              + "/"
              + length
              + " has bits behind its length: write "
              + written(masked(bits, length))
              + "/"
              + length);
    }
    base = address(bits);
  }

  /** The range of one length in which an address lies. */
  public static Network of(InetAddress address, int length) {
    return new Network(address(masked(plainBytes(address), length)), length);
  }

  /** An address alone. */
  public static Network of(InetAddress address) {
    return of(address, plainBytes(address).length * 8);
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone. No name is looked up.
   *
   * @throws IllegalArgumentException if it is not written so; the message says what is wrong
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = literal(host);
    byte[] bits = plainBytes(address);
    if (slash < 0) {
      return of(address);
    }
    String written = text.substring(slash + 1);
    if (!LENGTH.matcher(written).matches()) {
      throw new IllegalArgumentException("no length behind the slash: " + quoted(text));
    }
    boolean isMapped = bits.length == 4 && host.indexOf(':') >= 0;
    return new Network(address, Integer.parseInt(written) - (isMapped ? MAPPED_BITS : 0));
  }

  private static InetAddress literal(String host) {
    boolean isLiteral =
        IPV4.matcher(host).matches() || (host.indexOf(':') >= 0 && IPV6.matcher(host).matches());
    try {
      if (isLiteral) {
        // In brackets it is never looked up as a name, whatever it begins with.
        return InetAddress.getByName(host.indexOf(':') >= 0 ? "[" + host + "]" : host);
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address: " + quoted(host), e);
    }
    throw new IllegalArgumentException("no address: " + quoted(host));
  }

  /** Whether an address lies in it. */
  public boolean contains(InetAddress address) {
    byte[] bits = plainBytes(address);
    byte[] own = base.getAddress();
    return bits.length == own.length && Arrays.equals(own, masked(bits, length));
  }

  /** The address alone if it is one, else with its length; IPv6 as in RFC 5952. */
  @Override
  public String toString() {
    byte[] bits = base.getAddress();
    return length == bits.length * 8 ? written(bits) : written(bits) + "/" + length;
  }

  private static byte[] plainBytes(InetAddress address) {
    byte[] bits = address.getAddress();
    boolean isMapped = bits.length == 16 && bits[10] == -1 && bits[11] == -1;
    for (int i = 0; isMapped && i < 10; i++) {
      isMapped = bits[i] == 0;
    }
    return isMapped ? Arrays.copyOfRange(bits, 12, 16) : bits;
  }

  private static byte[] masked(byte[] bits, int length) {
    byte[] kept = bits.clone();
    for (int i = 0; i < kept.length; i++) {
      int left = Math.clamp(length - 8L * i, 0, 8);
      kept[i] &= (byte) (0xff << (8 - left));
    }
    return kept;
  }

  private static InetAddress address(byte[] bits) {
    try {
      return InetAddress.getByAddress(bits);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + bits.length + " bytes", e);
    }
  }

  private static String written(byte[] bits) {
    if (bits.length == 4) {
      return (bits[0] & 0xff)
          + "."
          + (bits[1] & 0xff)
          + "."
          + (bits[2] & 0xff)
          + "."
          + (bits[3] & 0xff);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bits[2 * i] & 0xff) << 8 | (bits[2 * i + 1] & 0xff);
    }
    return compressed(groups);
  }

  /** RFC 5952 section 4.2: the first longest run of two zero groups or more becomes "::". */
  private static String compressed(int[] groups) {
    int start = 0;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        start = i;
        longest = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (longest > 1 && i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        String separator = text.isEmpty() || text.toString().endsWith(":") ? "" : ":";
        text.append(separator).append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  private static String quoted(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return "\"" + Words.oneLine(shown) + "\"";
  }
}
