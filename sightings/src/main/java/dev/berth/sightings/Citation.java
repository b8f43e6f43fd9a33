package dev.berth.sightings;

/**
 * Where something stands that was read. Prints as {@code vsftpd.log:17}.
 *
 * @param file as the user named it, or as it was found
 * @param number of the line, or in a capture of the packet, from 1
 */
public record Citation(String file, long number) {
  /**
   * A line or a packet.
   *
   * @throws IllegalArgumentException when the number is below 1
   */
  public Citation {
    if (number < 1) {
      throw new IllegalArgumentException("lines and packets count from 1: " + number);
    }
  }

  @Override
  public String toString() {
    return file + ':' + number;
  }
}
