package dev.berth.daemon;

import dev.berth.admission.GuardRules;
import dev.berth.admission.Network;
import dev.berth.admission.Rules;
import dev.berth.session.DataSettings;
import dev.berth.session.FrontSettings;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.session.Timers;
import dev.berth.settings.PlaceText;
import dev.berth.settings.TomlSection;
import dev.berth.transport.ActivePort;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads how clients are received: what {@code server.toml} and {@code gateway.toml} have in common.
 * Confined to one thread.
 */
final class ReceptionReader {
  private static final int FTP_PORT = 21;

  private final TomlSection top;
  private final Rules usual;
  private final Consumer<TomlSection> ofListener;

  /**
   * @param top whose other keys, and end, are the caller's
   * @param usual who may come in where the file does not say
   * @param ofListener reads what else there is in the table of a listener
   */
  ReceptionReader(TomlSection top, Rules usual, Consumer<TomlSection> ofListener) {
    this.top = top;
    this.usual = usual;
    this.ofListener = ofListener;
  }

  /** What is there, and for the rest what is usual; faults are noted in the file. */
  Reception read() {
    TlsChoice tls = tls(top.section("tls"));
    List<Listener> listeners = listeners(tls);
    FrontSettings front = front();
    LimitsReader limits = new LimitsReader(top, usual);
    Rules rules = limits.rules();
    GuardRules guard = limits.guard(rules);
    Duration drain = top.read("drain", Values::time).orElse(Reception.USUAL_DRAIN);
    PidFile pidFile =
        top.read("pid-file", Values::wholePath)
            .<PidFile>map(PidFile.At::new)
            .orElseGet(PidFile.None::new);
    return new Reception(listeners, tls, front, rules, guard, drain, pidFile);
  }

  private TlsChoice tls(TomlSection section) {
    Optional<Path> certificate = section.read("certificate", Values::wholePath);
    Optional<Path> key = section.read("key", Values::wholePath);
    Optional<Path> pkcs12 = section.read("pkcs12", Values::wholePath);
    Optional<Path> password = section.read("password-file", Values::wholePath);
    // What is neither true nor false is a fault already.
    boolean isSelfSigned = section.flag("self-signed").orElse(section.has("self-signed"));
    String host = section.read("self-signed-host", Values::line).orElse("localhost");
    Set<Tls.Version> versions = versions(section);
    section.end();
    int ways =
        (section.has("certificate") ? 1 : 0)
            + (section.has("pkcs12") ? 1 : 0)
            + (isSelfSigned ? 1 : 0);
    if (section.isThere() && ways != 1) {
      section.fault("needs one of certificate (with key), pkcs12 and self-signed = true");
    }
    if (section.has("pkcs12") && !section.has("password-file")) {
      section.fault("pkcs12", "needs password-file, too: a file whose first line opens it");
    }
    if (isSelfSigned) {
      return new TlsChoice.SelfSigned(host, versions);
    }
    if (pkcs12.isPresent() && password.isPresent()) {
      return new TlsChoice.Pkcs12(pkcs12.get(), password.get(), versions);
    }
    return certificate
        .<TlsChoice>map(path -> new TlsChoice.Pem(path, key.orElse(path), versions))
        .orElseGet(TlsChoice.None::new);
  }

  private static Set<Tls.Version> versions(TomlSection section) {
    List<String> words =
        section.list("versions", text -> TomlSection.oneOf(text, List.of("1.2", "1.3")));
    if (words.isEmpty()) {
      return EnumSet.allOf(Tls.Version.class);
    }
    Set<Tls.Version> versions = EnumSet.noneOf(Tls.Version.class);
    words.forEach(
        word -> versions.add(word.equals("1.2") ? Tls.Version.TLS_1_2 : Tls.Version.TLS_1_3));
    return versions;
  }

  private List<Listener> listeners(TlsChoice tls) {
    List<Listener> listeners = new ArrayList<>();
    for (TomlSection section : top.sections("listener").values()) {
      listener(section, tls).ifPresent(listeners::add);
    }
    Optional<Listener.Place> listen = top.read("listen", Values::place);
    if (top.has("listen") && top.has("listener")) {
      top.fault("listen", "goes without [listener.NAME]: write address = there");
    }
    if (!top.has("listener")) {
      Listener.Place place = listen.orElseGet(() -> new Listener.Place.Everywhere(FTP_PORT));
      listeners.add(Listener.alone("ftp", place, TlsUse.OFFERED));
    }
    return listeners;
  }

  private Optional<Listener> listener(TomlSection section, TlsChoice tls) {
    Optional<Listener.Place> place = section.read("address", Values::place);
    if (!section.has("address")) {
      section.fault("needs address = \"HOST:PORT\"");
    }
    TlsUse use =
        section
            .word("tls", List.of("off", "offered", "required", "implicit"))
            .map(word -> TlsUse.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(TlsUse.OFFERED);
    if (tls instanceof TlsChoice.None && (use == TlsUse.REQUIRED || use == TlsUse.IMPLICIT)) {
      section.fault("tls", "needs a certificate: see [tls]");
    }
    List<Network> proxies = section.list("proxies", Network::parse);
    ofListener.accept(section);
    boolean sharesPort = section.flag("reuse-port").orElse(false);
    if (sharesPort && place.filter(Listener.Place.Inherited.class::isInstance).isPresent()) {
      section.fault("reuse-port", "= true: a socket of systemd outlives a restart by itself");
    }
    section.end();
    return place.map(where -> new Listener(section.name(), where, use, proxies, sharesPort));
  }

  private FrontSettings front() {
    FrontSettings usual = FrontSettings.usual();
    String greeting = top.read("greeting", Values::line).orElse(usual.greeting());
    Set<String> hosts =
        new HashSet<>(top.list("hosts", text -> Values.line(text).toLowerCase(Locale.ROOT)));
    ZoneId zone = top.read("list-zone", Values::zone).orElse(usual.zone());
    return new FrontSettings(
        greeting, hosts, timers(top.section("timers")), data(top.section("data")), zone);
  }

  private static Timers timers(TomlSection section) {
    Timers usual = Timers.usual();
    Timers timers =
        new Timers(
            section.read("login", Values::timer).orElse(usual.login()),
            section.read("idle", Values::timer).orElse(usual.idle()),
            section.read("no-transfer", Values::timer).orElse(usual.noTransfer()),
            section.read("stalled", Values::timer).orElse(usual.stalled()),
            section.read("session", Values::timer).orElse(usual.session()),
            section.read("data-connection", Values::timer).orElse(usual.dataConnection()));
    section.end();
    return timers;
  }

  private static DataSettings data(TomlSection section) {
    DataSettings usual = DataSettings.usual();
    LocalPorts ports = section.<LocalPorts>read("ports", Values::ports).orElse(usual.ports());
    Map<InetAddress, InetAddress> shown = new HashMap<>();
    Optional<InetAddress> shownAlways = Optional.empty();
    if (section.isTable("passive-address")) {
      TomlSection table = section.section("passive-address");
      for (String own : table.keys()) {
        table
            .read(own, text -> Map.entry(PlaceText.address(own), PlaceText.address(text)))
            .ifPresent(pair -> shown.put(pair.getKey(), pair.getValue()));
      }
    } else {
      shownAlways = section.read("passive-address", PlaceText::address);
    }
    ActivePort activePort =
        section
            .number("active-port", 1, 65_535)
            .<ActivePort>map(ActivePort.Fixed::new)
            .orElse(usual.activePort());
    List<Network> foreign = section.list("foreign", Network::parse);
    boolean sessionReuse = section.flag("session-reuse").orElse(usual.sessionReuse());
    boolean closeNotify = section.flag("close-notify").orElse(usual.closeNotify());
    section.end();
    Optional<InetAddress> always = shownAlways;
    return new DataSettings(
        ports,
        own -> Optional.ofNullable(shown.get(own)).or(() -> always),
        caller -> foreign.stream().anyMatch(it -> it.contains(caller)),
        activePort,
        sessionReuse,
        closeNotify);
  }
}
