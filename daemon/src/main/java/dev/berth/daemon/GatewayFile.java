package dev.berth.daemon;

import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.settings.DurationText;
import dev.berth.settings.TomlFile;
import dev.berth.settings.TomlSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code gateway.toml} as a whole. Confined to one thread. */
final class GatewayFile {
  /** Where it lies unless another is named. */
  static final Path USUAL = Path.of("/etc/berth/gateway.toml");

  private static final String UPSTREAM = "upstream";

  private final TomlFile file;
  private final TomlSection top;
  private final List<UpstreamSettings> upstreams = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, TomlSection> listeners = new LinkedHashMap<>(); // that lead somewhere
  private Optional<String> usual = Optional.empty();

  private GatewayFile(TomlFile file) {
    this.file = file;
    this.top = file.top();
  }

  /**
   * Reads a file.
   *
   * @throws FaultySettings naming every fault
   */
  static GatewayContent of(TomlFile file) throws FaultySettings {
    return new GatewayFile(file).content();
  }

  private GatewayContent content() throws FaultySettings {
    Reception reception =
        new ReceptionReader(top, GatewayContent.usualRules(), this::listener).read();
    upstreams();
    Map<String, String> routes = routes();
    GatewaySettings.Usual elsewhere =
        usual
            .<GatewaySettings.Usual>map(GatewaySettings.Usual.Upstream::new)
            .orElseGet(GatewaySettings.Usual.Nowhere::new);
    Duration transferWait =
        top.read("transfer-wait", Values::time).orElse(GatewaySettings.TRANSFER_WAIT);
    Duration commandWait =
        top.read("command-wait", Values::time).orElse(GatewaySettings.COMMAND_WAIT);
    Duration loginMemory =
        top.<Duration>read("login-memory", DurationText::parse)
            .orElse(GatewaySettings.LOGIN_MEMORY);
    Admin admin = top.<Admin>read("admin", Admin::parse).orElseGet(Admin::usual);
    top.end();
    if (!file.faults().isEmpty()) {
      throw new FaultySettings(file.faults());
    }
    return new GatewayContent(
        reception,
        new GatewaySettings(
            upstreams,
            routes.isEmpty() ? elsewhere : new GatewaySettings.Usual.ByListener(routes, elsewhere),
            transferWait,
            commandWait,
            loginMemory),
        admin);
  }

  private void listener(TomlSection section) {
    if (section.has(UPSTREAM)) {
      listeners.put(section.name(), section);
    }
  }

  /** When it is known which upstreams there are. */
  private Map<String, String> routes() {
    List<String> known = upstreams.stream().map(UpstreamSettings::name).toList();
    Map<String, String> routes = new HashMap<>();
    listeners.forEach((name, section) ->
        section
            .read(UPSTREAM, text -> TomlSection.oneOf(text, known))
            .ifPresent(upstream -> routes.put(name, upstream)));
    return routes;
  }

  private void upstreams() {
    List<TomlSection> tables = top.tables(UPSTREAM);
    if (tables.isEmpty() && !top.isTable(UPSTREAM)) {
      top.fault("at least one [[upstream]] is needed, with name and address of a server");
    }
    for (TomlSection table : tables) {
      // The only one is meant, unless it says otherwise.
      boolean isUsual = table.flag("default").orElse(tables.size() == 1);
      Optional<UpstreamSettings> upstream = UpstreamReader.read(table);
      upstream
          .map(UpstreamSettings::name)
          .or(() -> table.textIfAny("name").filter(UpstreamSettings::isName))
          .ifPresent(name -> take(table, name, isUsual));
      upstream.ifPresent(upstreams::add);
    }
  }

  private void take(TomlSection table, String name, boolean isUsual) {
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      table.fault("name", "= " + name + ": another upstream has that name");
    }
    if (isUsual && usual.isPresent()) {
      table.fault("default", "= true: the default is " + usual.get() + " already");
    } else if (isUsual) {
      usual = Optional.of(name);
    }
  }
}
