package dev.berth.session;

import java.io.IOException;

/** What a user asked for cannot be had, for a reason that the user may know. */
public final class Denial extends IOException {
  private static final long serialVersionUID = 1;

  /** Why; the session chooses the reply code by it. */
  public enum Reason {
    /** Nothing has that name, or nothing that this user may see. */
    NOT_FOUND,
    /** It is no folder. */
    NOT_A_FOLDER,
    /** It is no file. */
    NOT_A_FILE,
    /** The name is taken. */
    EXISTS,
    /** The folder is not empty. */
    NOT_EMPTY,
    /** This user may not do that. */
    NOT_PERMITTED,
    /** No file can have that name here. */
    NAME_NOT_ALLOWED,
    /** Somebody is at it; later it may work. */
    BUSY,
    /** The disk is full. */
    NO_SPACE,
    /** The user's quota is used up. */
    OVER_QUOTA,
    /** There are fewer bytes than the restart offset. */
    BEYOND_END,
    /** Not on this file system. */
    NOT_SUPPORTED
  }

  private final Reason reason;
  private final String text;

  /**
   * A denial.
   *
   * @param text for the user: a sentence without pathnames of the server's own
   */
  public Denial(Reason reason, String text) {
    super(text);
    this.reason = reason;
    this.text = text;
  }

  /** For the user. */
  public String text() {
    return text;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
