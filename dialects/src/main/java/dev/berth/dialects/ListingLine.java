package dev.berth.dialects;

import java.util.List;

/**
 * What one line of a listing turned out to be. Every line becomes one of these; none is dropped in
 * silence.
 */
public sealed interface ListingLine {
  /**
   * A file, folder or link.
   *
   * @param doubts what the line says of it that could not be read, in words, such as a date that
   *     does not exist; what is doubtful is left out of the entry. Mostly empty.
   */
  record Entry(ListingEntry entry, List<String> doubts) implements ListingLine {
    public Entry {
      doubts = List.copyOf(doubts);
    }
  }

  /**
   * A line that is meant to tell nothing of interest: an empty one, a total, the folder itself or
   * its parent.
   *
   * @param why what it is, in words
   */
  record Ignored(String why) implements ListingLine {}

  /**
   * The header of another folder than the one that was asked for: a listing of folders within
   * folders, though none was wished. The entries behind it are in that folder.
   *
   * @param pathname as the server writes it
   */
  record OtherFolder(String pathname) implements ListingLine {}

  /**
   * A line that cannot be read: perhaps a file is behind it, and a job must not act as if there
   * were none.
   *
   * @param line the line, cut if it is very long
   * @param why what is wrong with it, in words
   */
  record Unreadable(String line, String why) implements ListingLine {
    private static final int SHOWN = 1024;

    public Unreadable {
      if (line.length() > SHOWN) {
        line = line.substring(0, SHOWN) + "...";
      }
    }
  }
}
