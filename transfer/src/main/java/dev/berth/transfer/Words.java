package dev.berth.transfer;

import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.wire.Octets;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures and places in words that people read. */
final class Words {
  static final String MISSING = "the server knows no such file or folder";

  private static final int SHOWN = 200;

  private Words() {}

  static String of(IOException failure) {
    String words =
        switch (failure) {
          case ReplyException reply -> reply.command().verb() + " was answered: " + reply.reply();
          case LocalException local -> String.valueOf(local.getMessage());
          case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
          case AccessDeniedException denied -> denied.getFile() + ": permission denied";
          case FileAlreadyExistsException there -> there.getFile() + ": is there already";
          case FileSystemException local ->
              local.getReason() == null
                  ? local.toString()
                  : local.getFile() + ": " + local.getReason();
          default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    return Octets.printable(words);
  }

  /** What a server sent, at a length that people read. */
  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /** A place that nobody has looked up yet. */
  static String of(RemoteLocation location) {
    return switch (location) {
      case RemoteLocation.FromRoot fromRoot -> fromRoot.path().toString();
      case RemoteLocation.FromLogin fromLogin ->
          fromLogin.path().isEmpty() ? "." : Octets.printable(fromLogin.path());
    };
  }
}
