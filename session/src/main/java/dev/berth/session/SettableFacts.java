package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts that MFF sets (draft-somers-ftp-mfxx section 5). Immutable. */
final class SettableFacts {
  private final @Nullable Instant modified;
  private final @Nullable Integer mode;

  private SettableFacts(@Nullable Instant modified, @Nullable Integer mode) {
    this.modified = modified;
    this.mode = mode;
  }

  /**
   * Reads {@code Modify=20261123075100;UNIX.mode=0644;}.
   *
   * @return nothing if there is one that cannot be set, or none at all: all are set, or none
   */
  static Optional<SettableFacts> read(String text) {
    Instant modified = null;
    Integer mode = null;
    for (String fact : text.split(";", -1)) {
      if (fact.isEmpty()) {
        continue; // Behind the last semicolon.
      }
      int equals = fact.indexOf('=');
      String name = equals < 0 ? fact : fact.substring(0, equals);
      String value = fact.substring(equals + 1);
      if (name.equalsIgnoreCase("modify")) {
        modified = TimeText.read(value).orElse(null);
        if (modified == null) {
          return Optional.empty();
        }
      } else if (name.equalsIgnoreCase("UNIX.mode")) {
        mode = mode(value).orElse(null);
        if (mode == null) {
          return Optional.empty();
        }
      } else {
        return Optional.empty();
      }
    }
    return modified == null && mode == null
        ? Optional.empty()
        : Optional.of(new SettableFacts(modified, mode));
  }

  /** Permissions in octal digits: {@code 644} or {@code 0644}. */
  static Optional<Integer> mode(String text) {
    boolean isOctal =
        !text.isEmpty()
            && text.length() <= 5
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '7');
    return isOctal
        ? Optional.of(Integer.parseInt(text, 8)).filter(it -> it <= 0777)
        : Optional.empty();
  }

  void apply(Visit visit, RemotePath file) throws IOException {
    if (mode != null) {
      visit.setMode(file, mode);
    }
    if (modified != null) {
      visit.setModified(file, modified);
    }
  }

  /** As the reply tells what was set. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (modified != null) {
      text.append("Modify=").append(TimeText.write(modified)).append(';');
    }
    if (mode != null) {
      text.append("UNIX.mode=0").append(Integer.toOctalString(mode)).append(';');
    }
    return text.toString();
  }
}
