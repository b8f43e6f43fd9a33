package dev.berth.client;

import java.io.IOException;

/**
 * A listing is longer than any that is read: no folder is meant to be so, and memory ends. To ask
 * again would bring the same.
 */
public final class ListingTooLarge extends IOException {
  private static final long serialVersionUID = 1;

  ListingTooLarge(String message) {
    super(message);
  }
}
