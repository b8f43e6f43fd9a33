package dev.berth.client;

import java.util.Optional;

/**
 * What a command of a {@link Passage} is to find set.
 *
 * @param folder the working folder, as {@link Passage#folder} told it once, of this connection or
 *     another of the same user; empty for any
 * @param isFolderNeeded whether the command is in vain if the server refuses that folder
 * @param type the representation type, {@code A} or {@code I}
 * @param isTransferNext whether a transfer is likely to follow: its data connection is prepared
 *     with this command then
 */
public record Setting(
    Optional<String> folder, boolean isFolderNeeded, char type, boolean isTransferNext) {

  /** Checks the type. */
  public Setting {
    if (type != 'A' && type != 'I') {
      throw new IllegalArgumentException("neither A nor I: " + type);
    }
  }
}
