package dev.berth.cli;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitSettings;
import dev.berth.transfer.TransferSettings;
import dev.berth.transport.Source;
import dev.berth.transport.Trust;

/** What the command line says, in the terms of the modules that do it. */
final class Wiring {
  /** Where one asks for as many as pay off: beyond this, small files no longer go faster. */
  private static final int PARALLEL_FILES = 8;

  private Wiring() {}

  static ConnectSettings connect(Server server) {
    return new ConnectSettings(
        server.host(),
        server.port(),
        tlsUse(server.protection()),
        dev.berth.transport.Tls.of(trust(server.trust()), server.host()),
        source(server.source()),
        server.timeout());
  }

  static dev.berth.client.Login login(Server server) {
    return new dev.berth.client.Login(server.login().user(), server.login().password());
  }

  static BudgetName budget(Server server) {
    return switch (server.source()) {
      case SourceAddress.Any _ -> BudgetName.of(server.host(), server.port());
      case SourceAddress.Fixed fixed ->
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
    return new TransferSettings(files, terms.patience(), terms.isDryRun());
  }

  private static TlsUse tlsUse(Protection protection) {
    return switch (protection) {
      case IMPLICIT -> TlsUse.IMPLICIT;
      case REQUIRED -> TlsUse.REQUIRED;
      case IF_OFFERED -> TlsUse.AUTO;
      case NONE -> TlsUse.OFF;
    };
  }

  private static Trust trust(TlsTrust trust) {
    return switch (trust) {
      case TlsTrust.OfSystem _ -> Trust.system();
      case TlsTrust.Anything _ -> Trust.any();
      case TlsTrust.Pinned pinned -> Trust.pinned(pinned.sha256());
    };
  }

  private static Source source(SourceAddress address) {
    return switch (address) {
      case SourceAddress.Any _ -> Source.any();
      case SourceAddress.Fixed fixed -> Source.of(fixed.address());
    };
  }
}
