package dev.berth.cli;

import dev.berth.client.ConnectSettings;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitSettings;
import dev.berth.transfer.TransferSettings;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;

/** What the command line says, in the terms of the modules that do it. */
final class Wiring {
  /** Where one asks for as many as pay off: beyond this, small files no longer go faster. */
  private static final int PARALLEL_FILES = 8;

  private Wiring() {}

  static ConnectSettings connect(Server server) {
    return new ConnectSettings(
        server.host(),
        server.port(),
        server.tlsUse(),
        Tls.of(server.trust(), server.host()),
        server.source(),
        server.timeout(),
        server.data(),
        server.account(),
        server.virtualHost());
  }

  static BudgetName budget(Server server) {
    return switch (server.source()) {
      case Source.Unbound _ -> BudgetName.of(server.host(), server.port());
      case Source.Address fixed ->
          new BudgetName(server.host(), server.port(), fixed.address().getHostAddress());
    };
  }

  static LimitSettings limits(Server server) {
    return switch (server.ceiling()) {
      case Ceiling.ToLearn _ -> LimitSettings.standard();
      case Ceiling.Known known -> LimitSettings.standard().withConfigured(known.connections());
    };
  }

  static TransferSettings transfer(Terms terms) {
    int files =
        switch (terms.parallel()) {
          case Parallel.Auto _ -> PARALLEL_FILES;
          case Parallel.Files chosen -> chosen.files();
        };
    return new TransferSettings(files, terms.patience(), terms.isDryRun(), terms.verify());
  }
}
