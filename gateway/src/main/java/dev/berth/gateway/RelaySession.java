package dev.berth.gateway;

import dev.berth.client.Passage;
import dev.berth.client.ReplyException;
import dev.berth.lifetime.Watchdog;
import dev.berth.pool.Lease;
import dev.berth.session.BufferShelf;
import dev.berth.session.Relay;
import dev.berth.session.RelayedCommand;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's session with a server behind, over connections that it shares with others. What its
 * own connection would remember from one command to the next is kept here, and set on the leased
 * one where that differs. Confined to the session's thread.
 */
final class RelaySession implements Relay {
  /**
   * So long RNTO finds the connection of its RNFR; later it is asked anew on another one. Others
   * wait meanwhile, and some clients send RNFR only to see whether a file is there.
   */
  private static final Duration RENAMING = Duration.ofSeconds(1);

  private static final Set<String> TRANSFERS =
      Set.of("RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD");

  /** What may be asked again if the connection is lost: it changes nothing, or nothing more. */
  private static final Set<String> REPEATABLE =
      Set.of(
          "SIZE", "MDTM", "MLST", "STAT", "MFMT", "AVBL", "XCRC", "XMD5", "XSHA", "XSHA1",
          "XSHA256", "XSHA512", "MD5");

  /** What changes something, or may. */
  private static final Set<String> ONCE =
      Set.of("DELE", "MKD", "XMKD", "RMD", "XRMD", "MFF", "SITE");

  /** What means the same wherever the connection is, if its pathname is absolute. */
  private static final Set<String> ABSOLUTE =
      Set.of(
          "RETR", "STOR", "APPE", "MLSD", "SIZE", "MDTM", "MLST", "DELE", "MKD", "XMKD", "RMD",
          "XRMD");

  /** What of SITE leaves nothing behind on the connection. */
  private static final Set<String> HARMLESS = Set.of("CHMOD", "UTIME", "HELP");

  private final UpstreamAccount account;
  private final GatewaySettings settings;
  private final BufferShelf buffers;
  private final Leases leases;
  private String folder; // as the server wrote it
  private @Nullable Command renaming; // the RNFR that the server took, if it was the last command

  RelaySession(
      UpstreamAccount account, GatewaySettings settings, Watchdog watchdog, BufferShelf buffers) {
    this.account = account;
    this.settings = settings;
    this.buffers = buffers;
    this.leases = new Leases(account, watchdog);
    this.folder = account.loginFolder();
  }

  @Override
  public boolean serves(String verb, String argument) {
    return switch (verb) {
      case "PWD", "XPWD", "CWD", "XCWD", "CDUP", "XCUP" -> true;
      case "RNFR", "RNTO", "SYST", "ALLO", "OPTS" -> true;
      case "STAT" -> !argument.isBlank();
      default -> TRANSFERS.contains(verb) || REPEATABLE.contains(verb) || ONCE.contains(verb);
    };
  }

  @Override
  public List<String> features() {
    return FeatureText.of(account.features());
  }

  @Override
  public void serve(RelayedCommand command) throws IOException, InterruptedException {
    Command before = renaming;
    renaming = null;
    String verb = command.verb();
    if (TRANSFERS.contains(verb)) {
      command.transfer(
          new TransferRelay(
              command, account, settings, leases, buffers, passage -> enter(passage, command)));
      return;
    }
    Reply reply =
        switch (verb) {
          case "PWD", "XPWD" -> Reply.of(257, quoted(folder) + " is the current directory.");
          case "CWD", "XCWD", "CDUP", "XCUP" -> change(command);
          case "RNFR" -> renameFrom(command);
          case "RNTO" -> renameTo(command, before);
          case "SYST" -> account.system();
          case "ALLO" -> Reply.of(202, "The server behind is told the file itself.");
          case "OPTS" -> OptionWords.answer(command.argument(), account.features());
          case "SITE" -> site(command);
          default -> pass(command);
        };
    command.reply(reply);
  }

  /** RFC 959 appendix II: a quote within is doubled. */
  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** What is done with a connection. */
  private interface Work {
    Reply over(Passage passage) throws IOException;
  }

  /** Has something done over a leased connection; once more if that turns out to be gone. */
  private Reply leased(boolean isRepeatable, Work work) throws IOException, InterruptedException {
    Lease lease = leases.take(settings.commandWait());
    try {
      return work.over(lease.connection().passage());
    } catch (IOException e) {
      if (!Words.mayRepeat(e) || !isRepeatable) {
        throw Words.told(account.upstream(), e);
      }
    } finally {
      leases.giveBack(lease);
    }
    Lease other = leases.take(settings.commandWait());
    try {
      return work.over(other.connection().passage());
    } catch (IOException e) {
      throw Words.told(account.upstream(), e);
    } finally {
      leases.giveBack(other);
    }
  }

  private Reply pass(RelayedCommand command) throws IOException, InterruptedException {
    return leased(
        REPEATABLE.contains(command.verb()),
        passage -> {
          enter(passage, command);
          passage.useType(command.type()); // SIZE depends on it.
          return passage.pass(line(command));
        });
  }

  /** Where the server has pathnames as we know them, an absolute one needs no folder. */
  private void enter(Passage passage, RelayedCommand command) throws IOException {
    boolean isAbsolute =
        command.argument().startsWith("/")
            && account.features().has("TVFS")
            && ABSOLUTE.contains(command.verb());
    if (!isAbsolute) {
      enterOrLeave(passage, command);
    }
  }

  /** A folder that is gone cannot be entered; an absolute pathname leads out of it all the same. */
  private void enterOrLeave(Passage passage, RelayedCommand command) throws IOException {
    try {
      passage.enter(folder);
    } catch (ReplyException e) {
      boolean leadsOut = folder.startsWith("/") && command.argument().startsWith("/");
      if (!leadsOut || !e.reply().isPermanentNegative()) {
        throw e;
      }
    }
  }

  static Command line(RelayedCommand command) {
    return command.argument().isEmpty()
        ? Command.of(command.verb())
        : Command.of(command.verb(), command.argument());
  }

  /** The server's own word counts for where that is: links, case, the folder above a link. */
  private Reply change(RelayedCommand command) throws IOException, InterruptedException {
    return leased(
        true,
        passage -> {
          enterOrLeave(passage, command);
          Reply reply = passage.change(line(command));
          if (reply.isCompletion()) {
            folder = passage.askFolder();
          }
          return reply;
        });
  }

  /** The connection is kept: RNTO has to follow on the same. */
  private Reply renameFrom(RelayedCommand command) throws IOException, InterruptedException {
    Lease lease = leases.take(settings.commandWait());
    boolean isKept = false;
    try {
      Passage passage = lease.connection().passage();
      passage.enter(folder); // In any case: RNTO may be relative, and nothing may come between.
      Reply reply = passage.pass(line(command));
      if (reply.isIntermediate()) {
        renaming = line(command);
        leases.keepFor(lease, RENAMING);
        isKept = true;
      }
      return reply;
    } catch (IOException e) {
      throw Words.told(account.upstream(), e);
    } finally {
      if (!isKept) {
        leases.giveBack(lease);
      }
    }
  }

  /** Over the connection that has the RNFR, or over another one, with it again. */
  private Reply renameTo(RelayedCommand command, @Nullable Command from)
      throws IOException, InterruptedException {
    if (from == null) {
      return Reply.of(503, "RNFR has to come first.");
    }
    Optional<Lease> kept = leases.takeKept();
    Lease lease = kept.isPresent() ? kept.get() : leases.take(settings.commandWait());
    try {
      Passage passage = lease.connection().passage();
      if (kept.isEmpty()) {
        passage.enter(folder);
        Reply again = passage.pass(from);
        if (!again.isIntermediate()) {
          return again;
        }
      }
      return passage.pass(line(command));
    } catch (IOException e) {
      throw Words.told(account.upstream(), e);
    } finally {
      leases.giveBack(lease);
    }
  }

  /** What could stay behind on a connection that others get is not passed on. */
  private Reply site(RelayedCommand command) throws IOException, InterruptedException {
    String word = command.argument().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    if (account.upstream().pooling() == UpstreamSettings.Pooling.TRANSFER
        && !HARMLESS.contains(word)) {
      return Reply.of(504, "SITE " + word + " does not go through this gateway.");
    }
    if (!HARMLESS.contains(word)) {
      leases.soil();
    }
    return pass(command);
  }

  @Override
  public void close() {
    leases.close();
  }
}
