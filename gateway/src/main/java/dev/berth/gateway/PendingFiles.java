package dev.berth.gateway;

import dev.berth.lifetime.Deadline;
import dev.berth.session.BufferShelf;
import dev.berth.session.RelayedCommand;
import dev.berth.session.RelayedTransfer;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one client's commands are to files that its account has stored here, and that the server has
 * not got yet: it shall find what it would if they were there. Confined to the session's thread.
 */
final class PendingFiles {
  private static final Set<String> LISTINGS = Set.of("LIST", "NLST", "MLSD");

  /** The pathname is not all of the argument. */
  private static final Set<String> COMPOUND =
      Set.of("SITE", "MFMT", "MFF", "XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512", "MD5");

  /** Of these only their own pathname matters, and they have none or wait for no file. */
  private static final Set<String> UNCONCERNED =
      Set.of(
          "PWD", "XPWD", "CWD", "XCWD", "CDUP", "XCUP", "SYST", "ALLO", "OPTS", "STOU", "MKD",
          "XMKD", "AVBL");

  private final UpstreamAccount account;
  private final Uploads uploads;
  private final GatewaySettings settings;
  private @Nullable String renaming; // the key of what RNFR named, if it was the last command

  PendingFiles(UpstreamAccount account, Uploads uploads, GatewaySettings settings) {
    this.account = account;
    this.uploads = uploads;
    this.settings = settings;
  }

  /** How an upload goes that is to be stored here; nothing if it goes to the server. */
  Optional<RelayedTransfer> upload(RelayedCommand command, String folder, BufferShelf buffers) {
    if (!command.verb().equals("STOR") || command.restart() > 0 || command.argument().isBlank()) {
      return Optional.empty();
    }
    SpoolPath path = new SpoolPath(folder, command.argument());
    Optional<String> key = path.key(account.features());
    renaming = null;
    return key.filter(it -> !it.equals("/") && uploads.spool().takes(account.user(), it))
        .map(it -> new SpooledUpload(account, uploads, path, it, command.type(), buffers));
  }

  /**
   * Answers a command, or waits until what it is about is delivered.
   *
   * @return nothing if it goes to the server
   */
  Optional<Reply> answer(RelayedCommand command, String folder)
      throws IOException, InterruptedException {
    String from = renaming;
    renaming = null;
    String verb = command.verb();
    if (UNCONCERNED.contains(verb) || uploads.spool().isEmpty(account.user())) {
      return Optional.empty();
    }
    SpoolPath path = new SpoolPath(folder, command.argument());
    return switch (verb) {
      case "SIZE" -> size(command, path);
      case "RNFR" -> renameFrom(path);
      case "RNTO" -> renameTo(from, path);
      case "DELE" -> canBeDropped(path) ? Optional.empty() : await(below(path));
      default -> await(concerned(command, path));
    };
  }

  /** The server has let the client into a folder. */
  void entered(SpoolPath path, String folder) {
    uploads.folders().entered(account, path, folder);
  }

  /** The server has no such folder for it. */
  void gone(SpoolPath path) {
    uploads.folders().gone(account, path);
  }

  /** Where that led the last time; after a new start only where the user's pending files go to. */
  Optional<String> folder(SpoolPath path) {
    Optional<String> known = uploads.folders().of(account, path);
    return known.isPresent() ? known : folderOfPending(path);
  }

  private Optional<String> folderOfPending(SpoolPath path) {
    Optional<String> key = path.key(account.features());
    return uploads.spool().of(account.user()).stream()
        .map(file -> file.target().folder())
        .filter(it -> key.isPresent() && key.equals(new SpoolPath(it, "").key(account.features())))
        .findFirst();
  }

  private List<SpooledFile> pending(String key) {
    return uploads.spool().of(account.user()).stream().filter(isAt(key)).toList();
  }

  private Predicate<SpooledFile> isAt(String key) {
    return file -> Optional.of(key).equals(file.target().key(account.features()));
  }

  /** In type A the server counts as it likes. */
  private Optional<Reply> size(RelayedCommand command, SpoolPath path) throws InterruptedException {
    List<SpooledFile> found = path.key(account.features()).map(this::pending).orElse(List.of());
    if (command.type() == 'I' && !found.isEmpty() && found.getLast().type() == 'I') {
      return Optional.of(Reply.of(213, Long.toString(found.getLast().sizeBytes())));
    }
    return await(concerned(command, path));
  }

  private Optional<Reply> renameFrom(SpoolPath path) throws InterruptedException {
    Optional<String> key = path.key(account.features());
    List<SpooledFile> found = key.map(this::pending).orElse(List.of());
    if (!found.isEmpty() && found.stream().allMatch(Spool::canBeRenamed)) {
      renaming = key.get();
      return Optional.of(Reply.of(350, "It is here yet: RNTO names it."));
    }
    return await(below(path));
  }

  private Optional<Reply> renameTo(@Nullable String from, SpoolPath to)
      throws IOException, InterruptedException {
    if (from == null) {
      return await(below(to));
    }
    boolean isFit = to.key(account.features()).isPresent() && !to.argument().isBlank();
    if (isFit && uploads.spool().rename(account.user(), isAt(from), to)) {
      return Optional.of(Reply.of(250, "Renamed; it gets there under that name."));
    }
    return await(isAt(from)); // Then the server renames it.
  }

  private boolean canBeDropped(SpoolPath path) {
    List<SpooledFile> found = path.key(account.features()).map(this::pending).orElse(List.of());
    return !found.isEmpty()
        && found.stream().allMatch(it -> it.stage() == SpooledFile.Stage.RECEIVED);
  }

  /**
   * Drops what DELE names, as far as the server knows nothing of it.
   *
   * @return whether there was anything
   */
  boolean drop(RelayedCommand command, String folder) throws IOException, InterruptedException {
    Optional<String> key = new SpoolPath(folder, command.argument()).key(account.features());
    return key.isPresent() && uploads.spool().drop(account.user(), isAt(key.get()));
  }

  /** Which files a command is about, as far as that can be told from its words. */
  private Predicate<SpooledFile> concerned(RelayedCommand command, SpoolPath path) {
    if (COMPOUND.contains(command.verb())) {
      return file -> command.argument().contains(file.target().name());
    }
    return LISTINGS.contains(command.verb()) || command.verb().equals("STAT")
        ? below(listed(path))
        : below(path);
  }

  /** Many clients send options of ls with it, and some a pattern. */
  private static SpoolPath listed(SpoolPath path) {
    String text = path.argument().strip().replaceFirst("^(-\\S+\\s*)+", "");
    boolean isPattern = text.contains("*") || text.contains("?") || text.contains("[");
    String folder = isPattern ? text.substring(0, text.lastIndexOf('/') + 1) : text;
    return new SpoolPath(path.folder(), folder);
  }

  /** The file itself, and all in a folder of that name; all, if that cannot be told. */
  private Predicate<SpooledFile> below(SpoolPath path) {
    Optional<String> key = path.key(account.features());
    if (key.isEmpty()) {
      return file -> true;
    }
    String folder = key.get().endsWith("/") ? key.get() : key.get() + "/";
    return file -> {
      String own = file.target().key(account.features()).orElse(key.get());
      return own.equals(key.get()) || own.startsWith(folder);
    };
  }

  private Optional<Reply> await(Predicate<SpooledFile> which) throws InterruptedException {
    Deadline deadline = Deadline.after(settings.commandWait());
    return uploads.spool().awaitDelivered(account.user(), which, deadline)
        ? Optional.empty()
        : Optional.of(
            Reply.of(
                450,
                "What was stored there is here yet, and on its way to "
                    + account.upstream().name()
                    + ": try again later."));
  }
}
