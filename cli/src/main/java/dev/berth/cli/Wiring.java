package dev.berth.cli;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitSettings;
import dev.berth.transfer.TransferSettings;
import dev.berth.transfer.TransferSettings.Permissions;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import java.util.Set;

/** What the command line says, in the terms of the modules that do it. */
final class Wiring {
  /** Where one asks for as many as pay off: beyond this, small files no longer go faster. */
  private static final int PARALLEL_FILES = 8;

  private Wiring() {}

  static ConnectSettings connect(Server server) {
    return connect(server, server.tlsUse(), Tls.of(server.trust(), server.host()));
  }

  /** For a server that has TLS: no password goes to it without. */
  static ConnectSettings connectInTls12(Server server) {
    TlsUse use = server.tlsUse() == TlsUse.AUTO ? TlsUse.REQUIRED : server.tlsUse();
    Tls tls = new Tls(server.trust(), server.host(), Set.of(Tls.Version.TLS_1_2));
    return connect(server, use, tls);
  }

  private static ConnectSettings connect(Server server, TlsUse use, Tls tls) {
    return new ConnectSettings(
        server.host(),
        server.port(),
        use,
        tls,
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
    return limits(server.ceiling());
  }

  static LimitSettings limits(LimitChoice ceiling) {
    return switch (ceiling) {
      case LimitChoice.ToLearn _ -> LimitSettings.standard();
      case LimitChoice.Known known -> LimitSettings.standard().withConfigured(known.connections());
    };
  }

  static TransferSettings transfer(Terms terms) {
    int files =
        switch (terms.parallel()) {
          case Parallel.Auto _ -> PARALLEL_FILES;
          case Parallel.Files chosen -> chosen.files();
        };
    return new TransferSettings(
        files,
        terms.patience(),
        terms.isDryRun(),
        terms.verify(),
        terms.isKeepingPermissions() ? Permissions.KEPT : Permissions.NEW,
        terms.rate().bandwidth());
  }
}
