package dev.berth.cli;

import dev.berth.settings.DurationText;
import dev.berth.settings.PlaceText;
import dev.berth.settings.SizeText;
import dev.berth.simulator.Fault;
import dev.berth.simulator.Mask;
import dev.berth.simulator.SimulatorSettings;
import dev.berth.wire.Octets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** Reads the options that only {@code berth simulate} has. */
final class SimulateOptions {
  private static final Duration ENDLESS_STALL = Duration.ofHours(1);

  private final ParseResult parsed;
  private final List<Fault> faults = new ArrayList<>();

  private SimulateOptions(ParseResult parsed) {
    this.parsed = parsed;
  }

  /**
   * What the simulator is to be.
   *
   * @throws UsageException when a value is none, or two exclude each other
   * @throws IOException when the file with the password cannot be read
   */
  static SimulatorSettings settings(ParseResult parsed, Options options, Surroundings surroundings)
      throws IOException {
    SimulateOptions own = new SimulateOptions(parsed);
    own.readFaults();
    SimulatorSettings settings = SimulatorSettings.as(own.mask());
    for (Fault fault : own.faults) {
      settings = settings.with(fault);
    }
    Optional<Path> root = own.value(OptionTable.ROOT, SimulateOptions::folder);
    if (root.isPresent()) {
      settings = settings.root(root.get());
    }
    Optional<InetSocketAddress> place = own.value(OptionTable.LISTEN, SimulateOptions::place);
    if (place.isPresent()) {
      settings = settings.listen(place.get());
    }
    String user = own.text(OptionTable.USER).orElse(settings.user());
    Optional<String> file = options.passwordFile();
    String password =
        file.isPresent()
            ? Octets.toText(NewPassword.firstLine(file.get(), surroundings.in()))
            : settings.password().text();
    return settings.user(user, new SimulatorSettings.Secret(password));
  }

  private Mask mask() {
    String name = text(OptionTable.AS).orElse("vsftpd");
    return Mask.named(name)
        .orElseThrow(() ->
            new UsageException("--as=" + name + ": none of " + String.join(", ", Mask.names())));
  }

  private void readFaults() {
    if (text(OptionTable.LIMIT).isPresent() && text(OptionTable.LIMITS).isPresent()) {
      throw new UsageException("--limit is one of --limits: leave one of them out");
    }
    fault(OptionTable.LIMIT, Fault::limits);
    fault(OptionTable.LIMITS, Fault::limits);
    fault(OptionTable.LIMIT_IN_ALL, text -> new Fault.LimitInAll(count(text)));
    fault(OptionTable.GHOSTS, text -> new Fault.Ghosts(DurationText.parse(text)));
    fault(OptionTable.CUT_EVERY, text -> new Fault.CutData(SizeText.parse(text)));
    fault(OptionTable.CUT_CONTROL_EVERY, text -> new Fault.CutControl(SizeText.parse(text)));
    fault(OptionTable.STALL_AFTER, text -> new Fault.Stall(SizeText.parse(text), stall()));
    fault(OptionTable.SLOW_ACCEPT, text -> new Fault.SlowAccept(DurationText.parse(text)));
    fault(OptionTable.RESET_RATE, text -> new Fault.Resets(rate(text), System.nanoTime()));
    fault(OptionTable.CORRUPT_EVERY, text -> new Fault.Corrupt(SizeText.parse(text)));
    fault(OptionTable.IDLE, text -> new Fault.IdleTimeout(DurationText.parse(text)));
    if (parsed.hasMatchedOption(OptionTable.WRONG_SIZE)) {
      faults.add(new Fault.WrongSize(1));
    }
  }

  private Duration stall() {
    return value(OptionTable.STALL_FOR, DurationText::parse).orElse(ENDLESS_STALL);
  }

  private void fault(String option, Function<String, Fault> reader) {
    value(option, reader).ifPresent(faults::add);
  }

  private Optional<String> text(String option) {
    return Optional.ofNullable(parsed.matchedOptionValue(option, null));
  }

  private <T> Optional<T> value(String option, Function<String, T> reader) {
    return text(option)
        .map(text -> {
          try {
            return reader.apply(text);
          } catch (IllegalArgumentException e) {
            throw new UsageException(option + "=" + text + ": " + Failures.reason(e));
          }
        });
  }

  private static int count(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("not a whole number");
    }
    return Integer.parseInt(text);
  }

  private static double rate(String text) {
    boolean isPercent = text.endsWith("%");
    double number = Double.parseDouble(isPercent ? text.substring(0, text.length() - 1) : text);
    return isPercent ? number / 100 : number;
  }

  private static Path folder(String text) {
    Path folder = Path.of(text);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no such folder");
    }
    return folder;
  }

  private static InetSocketAddress place(String text) {
    InetSocketAddress place = PlaceText.parse(text);
    return PlaceText.isEverywhere(place) ? new InetSocketAddress(place.getPort()) : place;
  }
}
