package dev.berth.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Standard output, in UTF-8. A {@link PrintStream} tells whether it failed; this one also tells
 * whether that was because its reader went away ({@code berth ls URL | head -1}), which is no fault
 * of anybody, or for another reason, such as a full disk. One thread at a time.
 */
final class StandardOutput extends PrintStream {
  private final Watched watched;

  private StandardOutput(Watched watched) {
    super(new BufferedOutputStream(watched), false, StandardCharsets.UTF_8);
    this.watched = watched;
  }

  /**
   * Writes to a descriptor.
   *
   * @param isPipe whether somebody reads at its other end; asked once a write has failed
   */
  static StandardOutput to(OutputStream descriptor, BooleanSupplier isPipe) {
    return new StandardOutput(new Watched(descriptor, isPipe));
  }

  /**
   * Whether standard output of this process is a pipe or a socket: these fail only when nobody
   * reads any more. The text of the error would tell too, but in the user's language.
   */
  static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Whether a write has failed because nobody reads any more. */
  boolean isReaderGone() {
    return watched.readerGone;
  }

  private static final class Watched extends FilterOutputStream {
    private final BooleanSupplier isPipe;
    private boolean readerGone; // guarded by the lock of the print stream

    Watched(OutputStream descriptor, BooleanSupplier isPipe) {
      super(descriptor);
      this.isPipe = isPipe;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      try {
        out.write(bytes, offset, count);
      } catch (IOException e) {
        readerGone = isPipe.getAsBoolean();
        throw e;
      }
    }
  }
}
