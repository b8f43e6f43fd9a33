package dev.berth.gateway;

import dev.berth.client.Passage;
import dev.berth.client.Setting;
import dev.berth.gateway.UpstreamAccount.LoginFolder;
import dev.berth.lifetime.Watchdog;
import dev.berth.pool.Lease;
import dev.berth.session.BufferShelf;
import dev.berth.session.Relay;
import dev.berth.session.RelayedCommand;
import dev.berth.session.RelayedTransfer;
import dev.berth.wire.Command;
import dev.berth.wire.HashFeature;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
          "SIZE", "MDTM", "MLST", "STAT", "MFMT", "AVBL", "HASH", "XCRC", "XMD5", "XSHA", "XSHA1",
          "XSHA256", "XSHA512", "MD5");

  /** What changes something, or may. */
  private static final Set<String> ONCE =
      Set.of("DELE", "MKD", "XMKD", "RMD", "XRMD", "MFF", "SITE");

  /** What means the same wherever the connection is, if its pathname is absolute. */
  private static final Set<String> ABSOLUTE =
      Set.of(
          "RETR", "STOR", "APPE", "MLSD", "SIZE", "MDTM", "MLST", "DELE", "MKD", "XMKD", "RMD",
          "XRMD");

  /** What shows facts. */
  private static final Set<String> FACTUAL = Set.of("MLSD", "MLST");

  private final UpstreamAccount account;
  private final GatewaySettings settings;
  private final BufferShelf buffers;
  private final Leases leases;
  private final Client client;
  private final SiteRelay site;
  private final OptionWords options;
  private final Optional<PendingFiles> pending;
  private final CurlClock clock;
  private LoginFolder folder; // as the server wrote it last
  private @Nullable Command renaming; // the RNFR that the server took, if it was the last command

  RelaySession(
      UpstreamAccount account,
      Client client,
      GatewaySettings settings,
      Watchdog watchdog,
      BufferShelf buffers) {
    this.account = account;
    this.client = client;
    this.settings = settings;
    this.buffers = buffers;
    this.leases = new Leases(account, client, watchdog);
    this.site = new SiteRelay(account.upstream(), leases);
    this.clock = new CurlClock(settings.transferWait());
    this.options = new OptionWords(account.features());
    this.pending =
        account
            .upstream()
            .spools()
            .uploads()
            .map(uploads -> new PendingFiles(account, uploads, settings));
    this.folder = account.loginFolder();
    client.rests();
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
    clock.isNone();
    return FeatureText.of(account.features(), options.facts(), options.hash());
  }

  @Override
  public void serve(RelayedCommand command) throws IOException, InterruptedException {
    clock.hears(command.verb());
    client.serves(command);
    try {
      answer(command);
    } finally {
      client.rests();
    }
  }

  /** Where uploads are spooled the next transfer may need none. */
  @Override
  public void awaitTransfer(RelayedCommand command) throws IOException, InterruptedException {
    if (!clock.isCurl() || leases.isPinned() || pending.isPresent()) {
      return;
    }
    client.serves(command);
    long began = System.nanoTime();
    try {
      leases.awaitTransfer(command, clock.atType());
    } finally {
      clock.waited(System.nanoTime() - began);
      client.rests();
    }
  }

  private void answer(RelayedCommand command) throws IOException, InterruptedException {
    Command before = renaming;
    renaming = null;
    String verb = command.verb();
    if (pending.isPresent()
        && folder instanceof LoginFolder.Told(String name)
        && isServedHere(pending.get(), command, name)) {
      return;
    }
    if (TRANSFERS.contains(verb)) {
      command.transfer(
          new TransferRelay(
              command,
              account,
              clock.atTransfer(),
              leases,
              buffers,
              options.facts(),
              passage -> {
                prepare(passage, command);
                return setting(command);
              }));
      return;
    }
    Reply reply =
        switch (verb) {
          case "PWD", "XPWD" -> where(command);
          case "CWD", "XCWD", "CDUP", "XCUP" -> change(command);
          case "RNFR" -> renameFrom(command);
          case "RNTO" -> renameTo(command, before);
          case "SYST" -> account.system();
          case "ALLO" -> Reply.of(202, "The server behind is told the file itself.");
          case "OPTS" -> options.answer(command.argument());
          case "SITE" -> site.serve(command, work -> inFolder(command, work));
          case "MLST" -> entry(command);
          case HashFeature.NAME -> hash(command);
          case "DELE" -> delete(command);
          default -> pass(command);
        };
    command.reply(reply);
  }

  private Reply where(RelayedCommand command) throws IOException, InterruptedException {
    return switch (folder) {
      case LoginFolder.Told(String name) ->
          Reply.of(257, quoted(name) + " is the current directory.");
      case LoginFolder.Untold untold -> pass(command);
    };
  }

  /** By the spool: what is to lie there, and what lies there. */
  private boolean isServedHere(PendingFiles files, RelayedCommand command, String folder)
      throws IOException, InterruptedException {
    Optional<RelayedTransfer> upload =
        site.isChanged() ? Optional.empty() : files.upload(command, folder, buffers);
    if (upload.isPresent()) {
      command.transfer(upload.get());
      return true;
    }
    Optional<Reply> reply = files.answer(command, folder);
    if (reply.isEmpty()) {
      return false;
    }
    if (reply.get().isIntermediate()) {
      renaming = line(command);
    }
    command.reply(reply.get());
    return true;
  }

  /** What is not there yet is none the less deleted. */
  private Reply delete(RelayedCommand command) throws IOException, InterruptedException {
    boolean wasHere = false;
    if (pending.isPresent() && folder instanceof LoginFolder.Told(String name)) {
      wasHere = pending.get().drop(command, name);
      Optional<Reply> later = pending.get().answer(command, name); // One may have begun meanwhile.
      if (later.isPresent()) {
        return later.get();
      }
    }
    Reply reply = pass(command);
    return wasHere && reply.isPermanentNegative()
        ? Reply.of(250, "Deleted, before " + account.upstream().name() + " had it.")
        : reply;
  }

  /** RFC 959 appendix II: a quote within is doubled. */
  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** What is done with a connection. */
  interface Work {
    Reply over(Passage passage) throws IOException;
  }

  /** Has something done over a leased connection; once more if that turns out to be gone. */
  private Reply leased(RelayedCommand command, boolean isRepeatable, Work work)
      throws IOException, InterruptedException {
    Lease lease = leases.take(command.verb(), settings.commandWait());
    try {
      return over(lease, command, work);
    } catch (IOException e) {
      if (!Words.mayRepeat(e) || !isRepeatable) {
        throw Words.told(account.upstream(), e);
      }
    } finally {
      leases.giveBack(lease);
    }
    client.replays();
    Lease other = leases.take(command.verb(), settings.commandWait());
    try {
      return over(other, command, work);
    } catch (IOException e) {
      throw Words.told(account.upstream(), e);
    } finally {
      leases.giveBack(other);
    }
  }

  /** For a digest the server reads the whole file: its client may want no more, or be gone. */
  private static Reply over(Lease lease, RelayedCommand command, Work work) throws IOException {
    if (!Passage.readsWholeFile(command.verb())) {
      return work.over(lease.connection().passage());
    }
    try (RelayedCommand.Listening listening = command.listen(lease.connection()::abort)) {
      try {
        return work.over(lease.connection().passage());
      } catch (IOException e) {
        throw listening.isEnded() ? Words.ended() : e;
      }
    }
  }

  private Reply pass(RelayedCommand command) throws IOException, InterruptedException {
    return leased(
        command,
        REPEATABLE.contains(command.verb()),
        passage -> {
          prepare(passage, command);
          return passage.pass(line(command), setting(command)); // SIZE depends on the type.
        });
  }

  private Reply hash(RelayedCommand command) throws IOException, InterruptedException {
    Optional<String> algorithm = options.hash().selected();
    if (algorithm.isEmpty()) {
      return Reply.of(
          502, "HASH is not passed on: the server does not tell which digest it takes.");
    }
    return inFolder(
        command,
        passage -> {
          passage.useHash(algorithm.get());
          return passage.pass(line(command));
        });
  }

  private Reply entry(RelayedCommand command) throws IOException, InterruptedException {
    Reply reply = pass(command);
    return reply.isCompletion() ? options.facts().filter(reply) : reply;
  }

  private Reply inFolder(RelayedCommand command, Work work)
      throws IOException, InterruptedException {
    return leased(
        command,
        REPEATABLE.contains(command.verb()),
        passage -> {
          prepare(passage, command);
          passage.set(setting(command));
          return work.over(passage);
        });
  }

  /** Sets what only some commands depend on, and no other client would miss. */
  private void prepare(Passage passage, RelayedCommand command) throws IOException {
    site.prepare(passage, command.verb());
    if (FACTUAL.contains(command.verb()) && options.facts().wantsMore()) {
      passage.showAllFacts();
    }
  }

  /** What a command is to find set. */
  private Setting setting(RelayedCommand command) {
    // Where the server has pathnames as we know them, an absolute one needs no folder.
    boolean isAnywhere =
        command.argument().startsWith("/")
            && account.features().has("TVFS")
            && ABSOLUTE.contains(command.verb());
    // A folder that is gone cannot be entered; an absolute pathname leads out of it all the same.
    boolean leadsOut =
        folder instanceof LoginFolder.Told(String name)
            && name.startsWith("/")
            && command.argument().startsWith("/");
    return new Setting(
        isAnywhere ? Optional.empty() : own(), !leadsOut, command.type(), command.isTransferNext());
  }

  /**
   * The client's folder; a connection that is the client's alone is where the client has left it.
   */
  private Optional<String> own() {
    return !leases.isPinned() && folder instanceof LoginFolder.Told(String name)
        ? Optional.of(name)
        : Optional.empty();
  }

  static Command line(RelayedCommand command) {
    return command.argument().isEmpty()
        ? Command.of(command.verb())
        : Command.of(command.verb(), command.argument());
  }

  private Reply change(RelayedCommand command) throws IOException, InterruptedException {
    return switch (folder) {
      case LoginFolder.Untold untold ->
          leased(command, true, passage -> passage.change(line(command)));
      case LoginFolder.Told(String before) -> {
        boolean isUp = command.verb().equals("CDUP") || command.verb().equals("XCUP");
        SpoolPath path = new SpoolPath(before, isUp ? ".." : command.argument());
        Optional<String> known = pending.flatMap(it -> it.folder(path));
        boolean isBelieved =
            known.isPresent()
                && !leases.isPinned()
                && !leases.awaitUnlessAway(command.verb(), settings.commandWait());
        yield isBelieved ? believe(known.get()) : change(command, path);
      }
    };
  }

  /** Who is to store his files here gets where he was before, though the server be away. */
  private Reply believe(String known) {
    folder = new LoginFolder.Told(known);
    return Reply.of(250, account.upstream().name() + " is away; that folder was there before.");
  }

  /** The server's own word counts for where that is: links, case, the folder above a link. */
  private Reply change(RelayedCommand command, SpoolPath path)
      throws IOException, InterruptedException {
    return leased(
        command,
        true,
        passage -> {
          Reply reply = passage.change(line(command), setting(command));
          if (reply.isCompletion()) {
            String now = passage.folder();
            folder = new LoginFolder.Told(now);
            pending.ifPresent(it -> it.entered(path, now));
          } else if (reply.isPermanentNegative()) {
            pending.ifPresent(it -> it.gone(path));
          }
          return reply;
        });
  }

  /** The connection is kept: RNTO has to follow on the same. */
  private Reply renameFrom(RelayedCommand command) throws IOException, InterruptedException {
    Lease lease = leases.take(command.verb(), settings.commandWait());
    boolean isKept = false;
    try {
      Passage passage = lease.connection().passage();
      enter(passage); // Whatever the pathname: RNTO may be relative, and nothing may come between.
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
    Lease lease =
        kept.isPresent() ? kept.get() : leases.take(command.verb(), settings.commandWait());
    try {
      Passage passage = lease.connection().passage();
      if (kept.isEmpty()) {
        enter(passage);
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

  private void enter(Passage passage) throws IOException {
    Optional<String> own = own();
    if (own.isPresent()) {
      passage.enter(own.get());
    }
  }

  @Override
  public void close() {
    client.close();
    leases.close();
  }
}
