package dev.berth.transfer;

import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.Octets;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the links of a server again in a local folder. None is made that could lead out of it.
 * Confined to the thread of its job.
 */
final class LinkCopy {
  private final RemotePath source;
  private final Path target;
  private final boolean dryRun;
  private final Ledger ledger;

  LinkCopy(RemotePath source, Path target, boolean dryRun, Ledger ledger) {
    this.source = source;
    this.target = target;
    this.dryRun = dryRun;
    this.ledger = ledger;
  }

  /**
   * Makes links.
   *
   * @param things by their pathnames relative to the top; what is no link is passed over
   */
  void make(Map<String, ListingEntry> things) {
    things.forEach((path, entry) -> {
      if (entry.type() == ListingEntry.Type.LINK) {
        make(path, entry);
      }
    });
  }

  private void make(String path, ListingEntry link) {
    String name = source.resolve(path).toString();
    Optional<Path> place = LocalNames.placeOf(target, path);
    Optional<Path> end = link.target().flatMap(text -> safe(path, text));
    if (link.target().isEmpty()) {
      ledger.note("passed over, a link of which the server does not tell the target: " + name);
    } else if (end.isEmpty()) {
      ledger.note("passed over, a link that may lead out of the target: " + name);
    } else if (place.isEmpty()) {
      ledger.failed(name, "", Cause.LOCAL, "its name cannot be had here");
    } else if (isBehindLink(place.get())) {
      ledger.note("passed over, a link whose folder is itself a link here: " + name);
    } else {
      make(name, place.get(), end.get());
    }
  }

  /** Then it would lead from another place than was counted with. */
  private boolean isBehindLink(Path place) {
    Path folder = place.getParent();
    while (folder != null && !folder.equals(target)) {
      if (Files.isSymbolicLink(folder)) {
        return true;
      }
      folder = folder.getParent();
    }
    return false;
  }

  private void make(String name, Path place, Path end) {
    try {
      if (Files.isSymbolicLink(place) && Files.readSymbolicLink(place).equals(end)) {
        end(name, place, new FileResult.Unchanged());
        return;
      }
      ledger.planned(1, 0);
      if (dryRun) {
        end(name, place, new FileResult.Planned(0));
        return;
      }
      Path temporary = place.resolveSibling(TemporaryName.random());
      Files.createSymbolicLink(temporary, end);
      replace(temporary, place);
      end(name, place, new FileResult.Changed());
    } catch (IOException | UnsupportedOperationException e) {
      String why = e instanceof IOException failure ? Words.of(failure) : "no links here";
      end(name, place, new FileResult.Failed(Cause.LOCAL, why));
    }
  }

  private static void replace(Path temporary, Path place) throws IOException {
    try {
      Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.delete(temporary);
      throw e;
    }
  }

  private void end(String name, Path place, FileResult.Outcome outcome) {
    ledger.ended(new FileResult(name, place.toString(), outcome));
  }

  /**
   * The target of a link if it stays below the top wherever other links lead: relative, first
   * {@code ..} no more often than there are folders above the link, and never again behind a name,
   * for that could be a link itself.
   *
   * @param path of the link, relative to the top
   */
  static Optional<Path> safe(String path, String text) {
    int up = 0;
    boolean isDown = false;
    StringBuilder safe = new StringBuilder();
    for (String step : text.split("/", -1)) {
      boolean isUp = step.equals("..");
      boolean isName = !isUp && !step.equals(".");
      if ((isUp && isDown) || (isName && !LocalNames.isName(Octets.latin(step)))) {
        return Optional.empty();
      }
      up += isUp ? 1 : 0;
      isDown |= isName;
      safe.append(safe.isEmpty() ? "" : "/").append(Octets.latin(step));
    }
    long above = path.chars().filter(c -> c == '/').count();
    try {
      Path end = Path.of(safe.toString());
      // Where a backslash divides names, a name may be several.
      boolean isAsRead = end.getNameCount() == text.split("/", -1).length;
      return up <= above && isAsRead ? Optional.of(end) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
