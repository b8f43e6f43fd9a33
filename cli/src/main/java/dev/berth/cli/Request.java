package dev.berth.cli;

import dev.berth.client.DataSettings;
import dev.berth.client.Login;
import dev.berth.client.LoginAccount;
import dev.berth.client.NameCharset;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.limits.ProcessName;
import dev.berth.pool.PoolSettings;
import dev.berth.pool.WhenUnreachable;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What options, URL and settings files come to, taken together: the nearest word counts, option
 * before server's table before general setting.
 *
 * @param server whom to talk to, and how
 * @param terms on what terms
 */
record Request(Server server, Terms terms) {
  /**
   * Puts everything together. May read settings files, {@code ~/.netrc}, standard input, or ask.
   *
   * @throws UsageException when something of it cannot be used; then nothing was started
   * @throws IOException when a file cannot be read
   */
  static Request of(Options options, Surroundings surroundings, ServerUrl url) throws IOException {
    Choices choices = choices(options, surroundings, url);
    Path stateFolder = options.stateFolder(surroundings);
    Terms terms =
        new Terms(
            choices.value(Setting.PARALLEL),
            choices.value(Setting.WAIT),
            choices.find(Setting.WAIT).isPresent()
                ? WhenUnreachable.KEEP_TRYING
                : WhenUnreachable.TELL,
            options.isDryRun(),
            options.isKeepingPermissions(),
            choices.value(Setting.BWLIMIT),
            options.isVerbose(),
            stateFolder,
            neighbours(options, surroundings),
            choices.value(Setting.VERIFY),
            options.words());
    return new Request(
        server(url, choices, Credentials.find(url, choices, options, surroundings)), terms);
  }

  /**
   * What was chosen for a server.
   *
   * @throws UsageException as {@link #of}
   * @throws IOException likewise
   */
  static Choices choices(Options options, Surroundings surroundings, ServerUrl url)
      throws IOException {
    Settings settings = Settings.load(surroundings);
    boolean insistsOnClear = options.choices().find(Setting.TLS).equals(Optional.of(TlsUse.OFF));
    if (url.scheme() == ServerUrl.Scheme.FTPS && insistsOnClear) {
      throw new UsageException("ftps:// is always encrypted: leave out --tls=off, or write ftp://");
    }
    return options.choices().over(settings.of(url.host(), url.port()));
  }

  /** With whom connections are shared. */
  static PoolSettings.Neighbours.Folder neighbours(Options options, Surroundings surroundings) {
    return new PoolSettings.Neighbours.Folder(
        surroundings.shareFolder(), self(options, surroundings));
  }

  /** How other programs see this one. */
  private static ProcessName self(Options options, Surroundings surroundings) {
    String user =
        surroundings
            .variable("LOGNAME")
            .or(() -> surroundings.variable("USER"))
            .orElseGet(() -> System.getProperty("user.name"));
    return new ProcessName(ProcessHandle.current().pid(), user, "berth " + options.command());
  }

  private static Server server(ServerUrl url, Choices choices, Login login) {
    return new Server(
        url.host(),
        url.port(),
        url.place(),
        url.scheme() == ServerUrl.Scheme.FTPS ? TlsUse.IMPLICIT : choices.value(Setting.TLS),
        choices.value(Setting.TLS_TRUST),
        login,
        choices.find(Setting.BIND).orElseGet(Source::any),
        choices.find(Setting.LIMIT).orElseGet(LimitChoice.ToLearn::new),
        choices.value(Setting.TIMEOUT),
        new DataSettings(
            choices.value(Setting.DATA),
            choices.find(Setting.ACTIVE_PORTS).orElseGet(LocalPorts::any),
            choices.value(Setting.BWLIMIT).pieceBytes()),
        choices.find(Setting.ACCOUNT).orElseGet(LoginAccount.None::new),
        choices.find(Setting.VIRTUAL_HOST).orElseGet(VirtualHost.Unnamed::new),
        choices.find(Setting.CHARSET).orElseGet(NameCharset.Seen::new),
        choices.value(Setting.SERVER_ZONE));
  }
}
