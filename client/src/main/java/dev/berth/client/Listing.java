package dev.berth.client;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import java.util.List;

/**
 * What a folder holds, as its server told.
 *
 * @param entries in the server's order; the folder itself and its parent are not among them
 * @param unreadable lines that could not be read: behind each a file may stand
 */
public record Listing(List<ListingEntry> entries, List<ListingLine.Unreadable> unreadable) {
  public Listing {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
  }
}
