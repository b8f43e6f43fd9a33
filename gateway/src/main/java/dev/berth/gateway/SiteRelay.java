package dev.berth.gateway;

import dev.berth.client.Passage;
import dev.berth.session.RelayedCommand;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one client does with SITE (RFC 959 section 4.1.3), and what it has set by that. Confined to
 * the session's thread.
 */
final class SiteRelay {
  /** What leaves nothing behind on the connection. */
  private static final Set<String> HARMLESS = Set.of("CHMOD", "UTIME", "HELP");

  /** What makes a file, or a folder. */
  private static final Set<String> MAKING = Set.of("STOR", "APPE", "STOU", "MKD", "XMKD");

  private static final Pattern MASK = Pattern.compile("[0-7]{1,4}");

  private final Upstream upstream;
  private final Leases leases;
  private @Nullable String umask; // as the client has set it; null: the server's own

  /** How the session has something done over a connection that is in the client's folder. */
  interface Doing {
    Reply over(RelaySession.Work work) throws IOException, InterruptedException;
  }

  SiteRelay(Upstream upstream, Leases leases) {
    this.upstream = upstream;
    this.leases = leases;
  }

  /** Whether the client has set anything that a delivery by somebody else would not have. */
  boolean isChanged() {
    return umask != null || leases.isPinned();
  }

  /** Sets what the client has set, where a command depends on it. */
  void prepare(Passage passage, String verb) throws IOException {
    if (!MAKING.contains(verb)) {
      return;
    }
    if (umask == null) {
      passage.useOwnUmask();
    } else {
      passage.useUmask(umask);
    }
  }

  Reply serve(RelayedCommand command, Doing doing) throws IOException, InterruptedException {
    String[] words = command.argument().strip().split(" +", 2);
    String word = words[0].toUpperCase(Locale.ROOT);
    String rest = words.length > 1 ? words[1].strip() : "";
    if (HARMLESS.contains(word)) {
      return doing.over(passage -> passage.pass(RelaySession.line(command)));
    }
    boolean isShared = upstream.pooling() == UpstreamSettings.Pooling.TRANSFER;
    if (isShared && word.equals("IDLE")) {
      return Reply.of(202, "Idle sessions are ended by this gateway's own clock.");
    }
    if (isShared && word.equals("UMASK")) {
      return umask(command, rest, doing);
    }
    if (isShared && upstream.site() == ClientSettings.Site.REFUSE && !leases.isPinned()) {
      return Reply.of(504, "SITE " + word + " does not go through this gateway.");
    }
    return doing.over(passage -> pinned(passage, command));
  }

  /** It is the client's own from before the server hears it. */
  private Reply pinned(Passage passage, RelayedCommand command) throws IOException {
    leases.pin();
    return passage.pass(RelaySession.line(command));
  }

  private Reply umask(RelayedCommand command, String mask, Doing doing)
      throws IOException, InterruptedException {
    if (mask.isEmpty()) {
      return doing.over(passage -> {
        prepare(passage, "STOR");
        return passage.pass(Command.of("SITE", "UMASK"));
      });
    }
    if (!MASK.matcher(mask).matches()) {
      return Reply.of(501, "Syntax: SITE UMASK, and octal digits.");
    }
    return doing.over(passage -> {
      Optional<Reply> reply = passage.setUmask(mask);
      if (reply.isPresent() && reply.get().isCompletion()) {
        umask = mask;
      }
      if (reply.isPresent()) {
        return reply.get();
      }
      return upstream.site() == ClientSettings.Site.PIN || leases.isPinned()
          ? pinned(passage, command)
          : Reply.of(504, "The server tells no mask that could be set again for others.");
    });
  }
}
