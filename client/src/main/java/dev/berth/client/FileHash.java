package dev.berth.client;

/**
 * What a server tells of a file's content.
 *
 * @param algorithm how it was computed
 * @param hex hexadecimal digits in lower case, as many as the algorithm has
 */
public record FileHash(HashAlgorithm algorithm, String hex) {
  public FileHash {
    if (hex.length() != algorithm.hexDigits()
        || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException("no " + algorithm.word() + ": " + hex);
    }
  }

  @Override
  public String toString() {
    return algorithm.word() + " " + hex;
  }
}
