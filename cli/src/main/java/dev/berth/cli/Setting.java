package dev.berth.cli;

import dev.berth.client.DataMode;
import dev.berth.client.LoginAccount;
import dev.berth.client.NameCharset;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.settings.DurationText;
import dev.berth.settings.ServerValues;
import dev.berth.transfer.Verify;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import dev.berth.transport.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that can be chosen for a server or a job, on the command line, in a settings file or
 * both, under one name. Each is defined here once; help, completion, man pages and settings files
 * follow.
 *
 * @param <T> what a choice is read into
 */
final class Setting<T> {
  static final Setting<Parallel> PARALLEL =
      new Setting<>(
          "parallel",
          "N|auto",
          Parallel.class,
          Parallel::parse,
          "auto",
          List.of("auto"),
          "Move up to N files at once. Berth opens no more connections than the server allows.");
  static final Setting<Verify> VERIFY =
      new Setting<>(
          "verify",
          "size|hash|full",
          Verify.class,
          OptionValues::verify,
          "size",
          List.of("size", "hash", "full"),
          "Compare what arrived: its size, a hash that the server tells, or all bytes once more.");
  static final Setting<TlsUse> TLS =
      new Setting<>(
          "tls",
          "auto|require|off",
          TlsUse.class,
          ServerValues::tls,
          "auto",
          List.of("auto", "require", "off"),
          "Encrypt ftp:// connections: where offered, always, or never. ftps:// always is.");
  static final Setting<Trust> TLS_TRUST =
      new Setting<>(
          "tls-trust",
          "system|any|sha256:HEX",
          Trust.class,
          ServerValues::trust,
          "system",
          List.of("system", "any", "sha256:"),
          "Believe certificates of the system's authorities, any, or only the one named.");
  static final Setting<Duration> WAIT =
      new Setting<>(
          "wait",
          "DURATION",
          Duration.class,
          DurationText::parse,
          "10m",
          List.of(),
          "Give up after this long without a connection (10s, 5m, 1h30m).");
  static final Setting<Duration> TIMEOUT =
      new Setting<>(
          "timeout",
          "DURATION",
          Duration.class,
          Setting::positive,
          "30s",
          List.of(),
          "Take a server that says nothing for this long for dead.");
  static final Setting<Source> BIND =
      new Setting<>(
          "bind",
          "ADDRESS",
          Source.class,
          ServerValues::source,
          "",
          List.of(),
          "Connect from this address of this host.");
  static final Setting<DataMode> DATA =
      new Setting<>(
          "data",
          "auto|passive|active",
          DataMode.class,
          ServerValues::dataMode,
          "auto",
          List.of("auto", "passive", "active"),
          "Who connects for a transfer: Berth (passive), the server (active), or whoever can.");
  static final Setting<NameCharset> CHARSET =
      new Setting<>(
          "charset",
          "NAME|auto",
          NameCharset.class,
          OptionValues::charset,
          "auto",
          List.of("auto", "UTF-8", "windows-1252", "windows-1251", "KOI8-R", "Shift_JIS", "GBK"),
          "The charset in which the server writes names. Without it the names tell.");
  static final Setting<LocalPorts> ACTIVE_PORTS =
      new Setting<>(
          "active-ports",
          "LOW-HIGH",
          LocalPorts.class,
          ServerValues::localPorts,
          "",
          List.of(),
          "Await the server's connections of active mode on these ports of this host.");
  static final Setting<ByteRate> BWLIMIT =
      new Setting<>(
          "bwlimit",
          "RATE|unlimited",
          ByteRate.class,
          ByteRate::parse,
          "unlimited",
          List.of("unlimited"),
          "Move no more bytes a second than this (500K, 2M), all files together.");
  static final Setting<ServerZone> SERVER_ZONE =
      new Setting<>(
          "server-zone",
          "ZONE|auto",
          ServerZone.class,
          ServerZone::parse,
          "auto",
          List.of("auto", "UTC"),
          "The time zone of the server's listings, where it has only LIST (Europe/Berlin).");
  static final Setting<LimitChoice> LIMIT =
      new Setting<>(
          "limit",
          "N",
          LimitChoice.class,
          LimitChoice::parse,
          "",
          List.of(),
          "How many connections the server allows. Without it Berth finds out.");
  static final Setting<String> USER =
      new Setting<>(
          "user",
          "NAME",
          String.class,
          Setting::userName,
          "",
          List.of(),
          "Who logs in where the URL names nobody.");
  static final Setting<LoginAccount> ACCOUNT =
      new Setting<>(
          "account",
          "NAME",
          LoginAccount.class,
          ServerValues::account,
          "",
          List.of(),
          "What to tell a server that asks for an account besides user and password.");
  static final Setting<VirtualHost> VIRTUAL_HOST =
      new Setting<>(
          "virtual-host",
          "NAME",
          VirtualHost.class,
          ServerValues::virtualHost,
          "",
          List.of(),
          "Which of several hosts at one address to ask for.");

  /** What may be chosen anywhere. */
  static final List<Setting<?>> GENERAL =
      List.of(
          PARALLEL,
          VERIFY,
          TLS,
          TLS_TRUST,
          WAIT,
          TIMEOUT,
          BIND,
          DATA,
          ACTIVE_PORTS,
          BWLIMIT,
          CHARSET,
          SERVER_ZONE);

  /** What may be chosen in a settings file for one server only. */
  static final List<Setting<?>> OF_A_SERVER = List.of(LIMIT, USER, ACCOUNT, VIRTUAL_HOST);

  private final String name;
  private final String label;
  private final Class<T> type;
  private final Function<String, ? extends T> reader;
  private final String fallback;
  private final List<String> words;
  private final String description;

  private Setting(
      String name,
      String label,
      Class<T> type,
      Function<String, ? extends T> reader,
      String fallback,
      List<String> words,
      String description) {
    this.name = name;
    this.label = label;
    this.type = type;
    this.reader = reader;
    this.fallback = fallback;
    this.words = words;
    this.description = description;
  }

  private static Duration positive(String text) {
    Duration span = DurationText.parse(text);
    if (span.isZero()) {
      throw new IllegalArgumentException("has to be longer than nothing");
    }
    return span;
  }

  private static String userName(String text) {
    if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not the name of a user");
    }
    return text;
  }

  /** The key in settings files; with two dashes before it, the option. */
  String name() {
    return name;
  }

  /** What stands for the value in help. */
  String label() {
    return label;
  }

  /** The words that completion offers. */
  List<String> words() {
    return words;
  }

  /** What it does, one or two sentences; the default is not in it. */
  String description() {
    return description;
  }

  /**
   * The value that counts when nobody chooses, as it would be written; none when that has no word.
   */
  Optional<String> fallback() {
    return fallback.isEmpty() ? Optional.empty() : Optional.of(fallback);
  }

  /**
   * Reads a choice.
   *
   * @throws IllegalArgumentException when it cannot be one, saying what can
   */
  T read(String text) {
    return reader.apply(text);
  }

  /** A value known to be this setting's, in its type. */
  T cast(Object value) {
    return type.cast(value);
  }
}
