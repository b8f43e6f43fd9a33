package dev.berth.daemon;

import dev.berth.client.ConnectSettings;
import dev.berth.client.DataMode;
import dev.berth.client.DataSettings;
import dev.berth.client.LoginAccount;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.gateway.ClientSettings;
import dev.berth.gateway.Spooling;
import dev.berth.gateway.TurnSettings;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.gateway.UpstreamSettings.Pooling;
import dev.berth.limits.LimitSettings;
import dev.berth.settings.ServerPlace;
import dev.berth.settings.ServerValues;
import dev.berth.settings.SizeText;
import dev.berth.settings.TomlSection;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an {@code [[upstream]]}. What is said of a server in {@code berth.toml}, too, is spelled as
 * there.
 */
final class UpstreamReader {
  private static final Pattern ADDRESS = Pattern.compile("(?i)(?:(ftps?)://)?([^/]*)/?");
  private static final int FTP_PORT = 21;
  private static final int FTPS_PORT = 990;
  private static final int MOST = 1000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Where a server is. */
  private record Address(ServerPlace place, boolean isImplicit) {}

  private UpstreamReader() {}

  /** One server; empty if there are faults. */
  static Optional<UpstreamSettings> read(TomlSection section) {
    Optional<String> name = section.read("name", UpstreamReader::name);
    Optional<Address> address = section.read("address", UpstreamReader::address);
    needs(section, "name", "needs name = \"acme\", by which clients and the log call it");
    needs(section, "address", "needs address = \"HOST:PORT\", where the server is");
    LimitSettings limits =
        section.read("limit", UpstreamReader::limits).orElseGet(LimitSettings::standard);
    Pooling pooling =
        section
            .word("mode", List.of("transfer", "session"))
            .map(word -> Pooling.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Pooling.TRANSFER);
    Duration idle = section.read("idle", Values::time).orElse(UpstreamSettings.IDLE);
    TurnSettings turns = TurnReader.read(section);
    Spooling spooling = spooling(section);
    Optional<ConnectSettings> server = server(section, address);
    ClientSettings.Site site =
        section
            .word("site", List.of("refuse", "pin"))
            .map(word -> ClientSettings.Site.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(ClientSettings.Site.REFUSE);
    ClientSettings clients = new ClientSettings(LoginsReader.read(section), site);
    section.end();
    return name.flatMap(called ->
        server.map(it ->
            new UpstreamSettings(called, it, limits, pooling, idle, turns, clients, spooling)));
  }

  private static Spooling spooling(TomlSection section) {
    Spooling usual = Spooling.usual();
    return new Spooling(
        section
            .word("spool", List.of("off", "downloads", "uploads", "both"))
            .map(word -> Spooling.What.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(usual.what()),
        section
            .<Spooling.Place>read(
                "spool-folder", text -> new Spooling.Place.Folder(Values.wholePath(text)))
            .orElse(usual.place()),
        section.<Long>read("spool-most", UpstreamReader::bytes).orElse(usual.mostBytes()),
        section.<Long>read("spool-room", UpstreamReader::bytes).orElse(usual.roomBytes()),
        section.read("spool-alarm", Values::time).orElse(usual.alarm()));
  }

  private static long bytes(String text) {
    long bytes = SizeText.parse(text);
    if (bytes == 0) {
      throw new IllegalArgumentException("nothing fits in; write 16M, or spool = \"off\"");
    }
    return bytes;
  }

  private static void needs(TomlSection section, String key, String words) {
    if (!section.has(key)) {
      section.fault(words);
    }
  }

  private static Optional<ConnectSettings> server(TomlSection section, Optional<Address> address) {
    Optional<TlsUse> tls = section.read("tls", ServerValues::tls);
    Trust trust =
        section.<Trust>read("tls-trust", ServerValues::trust).orElse(ServerValues.USUAL_TRUST);
    Source source = section.<Source>read("bind", ServerValues::source).orElseGet(Source::any);
    Duration timeout = section.read("timeout", Values::time).orElse(TIMEOUT);
    DataSettings data =
        new DataSettings(
            section.read("data", ServerValues::dataMode).orElse(DataMode.AUTO),
            section
                .<LocalPorts>read("active-ports", ServerValues::localPorts)
                .orElseGet(LocalPorts::any));
    LoginAccount account =
        section
            .<LoginAccount>readSecret("account", ServerValues::account)
            .orElseGet(LoginAccount.None::new);
    VirtualHost host =
        section
            .<VirtualHost>read("virtual-host", ServerValues::virtualHost)
            .orElseGet(VirtualHost.Unnamed::new);
    boolean isImplicit = address.filter(Address::isImplicit).isPresent();
    if (isImplicit && tls.equals(Optional.of(TlsUse.OFF))) {
      section.fault("tls", "= off: ftps:// is always encrypted");
    }
    TlsUse use = isImplicit ? TlsUse.IMPLICIT : tls.orElse(TlsUse.AUTO);
    return address
        .map(Address::place)
        .map(it ->
            new ConnectSettings(
                it.host(),
                it.port(),
                use,
                Tls.of(trust, it.host()),
                source,
                timeout,
                data,
                account,
                host));
  }

  private static String name(String text) {
    if (!UpstreamSettings.isName(text)) {
      throw new IllegalArgumentException("not of letters, digits, - and _, 64 at the most");
    }
    return text;
  }

  private static Address address(String text) {
    Matcher shape = ADDRESS.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "not HOST:PORT; write ftp.example.com:21 or ftps://ftp.example.com");
    }
    boolean isImplicit = "ftps".equalsIgnoreCase(shape.group(1));
    int port = isImplicit ? FTPS_PORT : FTP_PORT;
    return new Address(ServerPlace.parse(shape.group(2), port), isImplicit);
  }

  private static LimitSettings limits(String text) {
    if (text.equals("auto")) {
      return LimitSettings.standard();
    }
    int connections = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (connections < 1 || connections > MOST) {
      throw new IllegalArgumentException("not a number from 1 to 1000; write auto if unknown");
    }
    return LimitSettings.standard().withConfigured(connections);
  }
}
