package dev.berth.client;

import dev.berth.client.AttributeTraits.TimeWay;
import dev.berth.dialects.FactTime;
import dev.berth.dialects.Modified;
import dev.berth.dialects.ServerDialect;
import dev.berth.dialects.ServerSoftware;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads and sets the times and permissions of a server's files, by whatever command the server has
 * for it. RFC 959 and RFC 3659 have none; what servers made up differs, and is tried only where
 * they are known to have it. What was refused is remembered for all connections, and not asked for
 * each file. Had from {@link FtpConnection#attributes}, used by the thread that owns that.
 */
public final class Attributes {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final AttributeTraits traits;

  Attributes(FtpConnection connection) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.traits = connection.traits().attributes();
  }

  /**
   * When a file was last changed, in UTC (MDTM, RFC 3659 section 3); nothing if the server does not
   * tell. One that does not know the command is not asked again.
   *
   * @throws IOException if the connection failed; it is closed
   */
  public Optional<Modified> modified(RemotePath file) throws IOException {
    if (!traits.tellsTimes()) {
      return Optional.empty();
    }
    Reply reply = dialogue.exchange(Command.of("MDTM", file.value()));
    if (reply.isUnknownCommand()) {
      traits.tellsNoTimes();
    }
    return reply.isFileStatus() ? FactTime.read(reply.text().strip()) : Optional.empty();
  }

  /** Whether the server is believed to keep the times that {@link #setModified} sets. */
  public boolean keepsTimes() {
    return Arrays.stream(TimeWay.values()).anyMatch(this::mayUse);
  }

  /**
   * Finds out whether the server sets times, by setting a file's to what it is.
   *
   * @throws IOException if the connection failed; it is closed
   */
  public boolean provesToKeepTimes(RemotePath file) throws IOException {
    Optional<Modified> now = modified(file);
    return now.isPresent() && setModified(file, now.get().earliest());
  }

  /**
   * Sets the time of a file's last change, to the second.
   *
   * @return whether the server did
   * @throws IOException if the connection failed; it is closed
   */
  public boolean setModified(RemotePath file, Instant time) throws IOException {
    for (TimeWay way : TimeWay.values()) {
      boolean mayTry =
          switch (way) {
            case MFMT, MDTM -> mayUse(way);
            case UTIME_FIVE, UTIME_TWO -> !traits.isRefused(way) && hasUtime();
          };
      if (mayTry && setBy(way, file, time)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasUtime() throws IOException {
    if (connection.features().has("UTIME") || feature("SITE").contains("UTIME")) {
      return true;
    }
    if (traits.listsUtime().isEmpty()) {
      Reply help = dialogue.exchange(Command.of("SITE", "HELP"));
      traits.listsUtime(help.isCompletion() && help.text().contains("UTIME"));
    }
    return traits.listsUtime().orElse(false);
  }

  private String feature(String name) {
    return connection.features().parameters().getOrDefault(name, "");
  }

  private boolean setBy(TimeWay way, RemotePath file, Instant time) throws IOException {
    Reply reply = dialogue.exchange(command(way, file, time));
    if (!reply.isCompletion()) {
      traits.refused(way, reply.isUnknownCommand());
      return false;
    }
    if (way == TimeWay.MFMT || traits.isProven(way)) {
      traits.worked(way);
      return true;
    }
    // Of these it is not certain that they mean UTC, or set anything: once, the server is asked.
    Optional<Modified> told = modified(file);
    boolean isSet = told.isEmpty() || told.get().mayBe(time.truncatedTo(ChronoUnit.SECONDS));
    if (isSet) {
      traits.worked(way);
    } else {
      traits.refused(way, true);
    }
    return isSet;
  }

  /** What is said in one way. */
  static Command command(TimeWay way, RemotePath file, Instant instant) {
    String time = TIME.format(instant);
    return switch (way) {
      case MFMT -> Command.of("MFMT", time + " " + file.value());
      case MDTM -> Command.of("MDTM", time + " " + file.value());
      case UTIME_FIVE -> {
        String times = (" " + time).repeat(3); // of access, change, and making
        yield Command.of("SITE", "UTIME " + file.value() + times + " UTC");
      }
      case UTIME_TWO -> Command.of("SITE", "UTIME " + time + " " + file.value());
    };
  }

  /** Whether it is known, without asking, to be worth a try. */
  private boolean mayUse(TimeWay way) {
    return !traits.isRefused(way)
        && switch (way) {
          case MFMT -> connection.features().has("MFMT");
          case MDTM -> takesTimeInMdtm();
          case UTIME_FIVE, UTIME_TWO -> traits.isProven(way);
        };
  }

  /**
   * Elsewhere the time would be read as the beginning of a name. vsftpd has it unless
   * mdtm_write=NO; Serv-U and others list it in FEAT, as {@code MDTM
   * YYYYMMDDHHMMSS[+-TZ];filename}.
   */
  private boolean takesTimeInMdtm() {
    Optional<ServerSoftware> software = connection.traits().dialect().map(ServerDialect::software);
    return software.equals(Optional.of(ServerSoftware.VSFTPD))
        || feature("MDTM").startsWith("YYYYMMDD");
  }

  /**
   * Sets the permissions of a file (SITE CHMOD, which no RFC has).
   *
   * @param mode nine bits, as of {@code chmod}: 0644
   * @return whether the server did
   * @throws IOException if the connection failed; it is closed
   */
  public boolean setPermissions(RemotePath file, int mode) throws IOException {
    if (mode < 0 || mode > 0777) {
      throw new IllegalArgumentException("not permissions: " + Integer.toOctalString(mode));
    }
    if (!traits.takesPermissions()) {
      return false;
    }
    String octal = Integer.toOctalString(01000 | mode).substring(1);
    Reply reply = dialogue.exchange(Command.of("SITE", "CHMOD " + octal + " " + file.value()));
    if (reply.isUnknownCommand()) {
      traits.takesNoPermissions();
    }
    return reply.isCompletion();
  }
}
