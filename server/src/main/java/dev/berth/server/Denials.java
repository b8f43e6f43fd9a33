package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.session.Denial.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;

/** What a file system says, in words for users: without the server's pathnames. */
final class Denials {
  private Denials() {}

  /** Something that is done to files. */
  @FunctionalInterface
  interface Deed<T> {
    T run() throws IOException;
  }

  /** Does it; what the file system refuses, and the user can understand, becomes a denial. */
  static <T> T told(Deed<T> deed) throws IOException {
    try {
      return deed.run();
    } catch (Denial denial) {
      throw denial;
    } catch (IOException e) {
      throw told(e);
    } catch (UnsupportedOperationException e) {
      throw caused(Reason.NOT_SUPPORTED, "That cannot be done on this file system.", e);
    }
  }

  /** What was thrown as a denial, if a user can understand it; else as it was. */
  static IOException told(IOException e) {
    return switch (e) {
      case Denial denial -> denial;
      case NoSuchFileException it -> caused(notFound(), it);
      case NotDirectoryException it -> caused(notAFolder(), it);
      case FileAlreadyExistsException it -> caused(taken(), it);
      case DirectoryNotEmptyException it ->
          caused(Reason.NOT_EMPTY, "That folder is not empty.", it);
      case AccessDeniedException it ->
          caused(Reason.NOT_PERMITTED, "The server may not do that there.", it);
      case AtomicMoveNotSupportedException it ->
          caused(Reason.NOT_SUPPORTED, "That is on another file system.", it);
      case FileSystemLoopException it -> caused(linkNotFollowed(), it);
      default -> byText(e);
    };
  }

  /**
   * For these the JDK has no type. The words are those of the C library in English and of Windows;
   * under another locale they are not known, and the operator gets them as they are.
   */
  private static IOException byText(IOException e) {
    String said = e instanceof FileSystemException it ? it.getReason() : e.getMessage();
    String text = Objects.requireNonNullElse(said, "").toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("not enough space")) {
      return caused(Reason.NO_SPACE, "The disk is full.", e);
    }
    if (text.contains("quota exceeded") || text.contains("file too large")) {
      return caused(Reason.NO_SPACE, "The file system takes no more.", e);
    }
    if (text.contains("name too long")) {
      return caused(Reason.NAME_NOT_ALLOWED, "That name is too long.", e);
    }
    if (text.contains("symbolic link")) {
      return caused(linkNotFollowed(), e);
    }
    if (text.contains("is a directory")) {
      return caused(Reason.NOT_A_FILE, "That is a folder.", e);
    }
    if (text.contains("not a directory")) {
      return caused(notAFolder(), e);
    }
    if (text.contains("read-only file system") || text.contains("operation not permitted")) {
      return caused(Reason.NOT_PERMITTED, "The server may not do that there.", e);
    }
    return e;
  }

  /** What broke a listing. */
  static IOException cause(DirectoryIteratorException e) {
    IOException cause = e.getCause();
    return cause == null ? new IOException(e) : cause;
  }

  private static Denial caused(Denial denial, Exception cause) {
    denial.initCause(cause);
    return denial;
  }

  private static Denial caused(Reason reason, String text, Exception cause) {
    return caused(new Denial(reason, text), cause);
  }

  static Denial notPermitted() {
    return new Denial(Reason.NOT_PERMITTED, "You may not do that.");
  }

  static Denial notFound() {
    return new Denial(Reason.NOT_FOUND, "No such file or folder.");
  }

  static Denial notAFile() {
    return new Denial(Reason.NOT_A_FILE, "That is no file.");
  }

  static Denial notAFolder() {
    return new Denial(Reason.NOT_A_FOLDER, "That is no folder.");
  }

  static Denial linkNotFollowed() {
    return new Denial(Reason.NOT_PERMITTED, "That link is not followed here.");
  }

  static Denial busy() {
    return new Denial(Reason.BUSY, "Somebody is storing that file now.");
  }

  static Denial beyondEnd(long size) {
    return new Denial(Reason.BEYOND_END, "There are only " + size + " bytes.");
  }

  static Denial taken() {
    return new Denial(Reason.EXISTS, "That name is taken.");
  }
}
