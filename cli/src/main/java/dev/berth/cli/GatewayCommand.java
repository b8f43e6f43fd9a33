package dev.berth.cli;

import dev.berth.client.ConnectSettings;
import dev.berth.client.DataSettings;
import dev.berth.client.LoginAccount;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.daemon.ServeRequest;
import dev.berth.daemon.ServeTerms;
import dev.berth.gateway.GatewayTerms;
import dev.berth.gateway.Spooling;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.pool.PoolSettings;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth gateway}: unmodified clients share a few connections to the servers behind. */
final class GatewayCommand implements Command {
  /** The only server has no other name. */
  private static final String NAME = "upstream";

  private static final RemoteLocation LOGIN_FOLDER = new RemoteLocation.FromLogin("");

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "Let many FTP clients share the few connections that a server allows.",
                "Clients log in here as they would there, and wait for their turn. What it does"
                    + " stands in a settings file, see docs/gateway.md; for one server the options"
                    + " are enough, and what berth.toml says of it holds too. It says where it"
                    + " listens, logs to standard error, and ends at SIGTERM or Ctrl-C: transfers"
                    + " may finish, see --drain."),
            List.of(
                "For the clients of this host, to one server:",
                "berth gateway --upstream ftp://ftp.example.com",
                "The same where it is known that the server allows three connections:",
                "berth gateway --upstream ftp://ftp.example.com --limit 3 --listen 127.0.0.1:2100",
                "As /etc/berth/gateway.toml says; first only look for faults:",
                "berth gateway --check",
                "berth gateway"));
    ServerOptions.addToGatewayCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Surroundings surroundings = context.surroundings();
    Options options = Options.of(arguments);
    ServeTerms terms = ServerOptions.terms(arguments);
    GatewayTerms behind =
        new GatewayTerms(
            new PoolSettings.Memory.Folder(options.stateFolder(surroundings).resolve("limits")),
            Request.neighbours(options, surroundings));
    ServeRequest request =
        arguments.hasMatchedOption(ServerOptions.UPSTREAM)
            ? toOne(arguments, options, surroundings, behind)
            : file(arguments, behind);
    return ServeCommand.run(request, terms, arguments, surroundings);
  }

  private static ServeRequest file(ParseResult arguments, GatewayTerms behind) {
    Stream<String> chosen = ServerOptions.TO_UPSTREAM.stream().map(it -> "--" + it.name());
    Stream.concat(Stream.of(OptionTable.LISTEN, OptionTable.LIMIT), chosen)
        .filter(arguments::hasMatchedOption)
        .findFirst()
        .ifPresent(option -> {
          throw new UsageException(
              option + " goes with --upstream URL; with a settings file, write it there");
        });
    Optional<Path> named =
        ServerOptions.value(arguments, ServerOptions.CONFIG).map(Arguments::path);
    Path file = named.orElseGet(ServeRequest::usualGatewayFile);
    if (named.isEmpty() && !Files.exists(file)) {
      throw new UsageException(
          "there is no %s: write one (docs/gateway.md), name another by --config, or name one server:\n"
                  .formatted(file)
              + "  berth gateway --upstream ftp://HOST");
    }
    return new ServeRequest.Gateway(file, behind);
  }

  private static ServeRequest toOne(
      ParseResult arguments, Options options, Surroundings surroundings, GatewayTerms behind)
      throws IOException {
    if (arguments.hasMatchedOption(ServerOptions.CONFIG)) {
      throw new UsageException("--config and --upstream do not go together");
    }
    ServerUrl url =
        Arguments.url(ServerOptions.value(arguments, ServerOptions.UPSTREAM).orElseThrow());
    if (url.user().named().isPresent() || !url.location().equals(LOGIN_FOLDER)) {
      throw new UsageException(
          "--upstream="
              + url
              + ": clients say who they are and where they go; write no more than"
              + " ftp://HOST:PORT");
    }
    Choices choices = Request.choices(options, surroundings, url);
    LimitChoice limit =
        ServerOptions.value(arguments, OptionTable.LIMIT)
            .map(GatewayCommand::limit)
            .or(() -> choices.find(Setting.LIMIT))
            .orElseGet(LimitChoice.ToLearn::new);
    UpstreamSettings upstream =
        new UpstreamSettings(
            NAME,
            server(url, choices),
            Wiring.limits(limit),
            UpstreamSettings.Pooling.TRANSFER,
            UpstreamSettings.IDLE,
            Spooling.usual());
    String listen =
        ServerOptions.value(arguments, OptionTable.LISTEN).orElse(ServerOptions.USUAL_LISTEN);
    return new ServeRequest.GatewayTo(upstream, listen, behind);
  }

  private static LimitChoice limit(String text) {
    try {
      return LimitChoice.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--limit=" + text + ": " + Failures.reason(e));
    }
  }

  private static ConnectSettings server(ServerUrl url, Choices choices) {
    return new ConnectSettings(
        url.host(),
        url.port(),
        url.scheme() == ServerUrl.Scheme.FTPS ? TlsUse.IMPLICIT : choices.value(Setting.TLS),
        Tls.of(choices.value(Setting.TLS_TRUST), url.host()),
        choices.find(Setting.BIND).orElseGet(Source::any),
        choices.value(Setting.TIMEOUT),
        new DataSettings(
            choices.value(Setting.DATA),
            choices.find(Setting.ACTIVE_PORTS).orElseGet(LocalPorts::any)),
        choices.find(Setting.ACCOUNT).orElseGet(LoginAccount.None::new),
        choices.find(Setting.VIRTUAL_HOST).orElseGet(VirtualHost.Unnamed::new));
  }
}
