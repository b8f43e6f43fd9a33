package dev.berth.testkit;

import static dev.berth.testkit.PeerSettings.Limit;
import static dev.berth.testkit.PeerSettings.NewestTls;
import static dev.berth.testkit.PeerSettings.Timeout;
import static dev.berth.testkit.PeerSettings.Tls;
import static dev.berth.testkit.PeerSettings.TlsReuse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.mina.core.service.IoAcceptor;
import org.slf4j.Logger;
import org.slf4j.impl.SimpleLogger;

/** Apache FtpServer: {@link ApacheServer} in a JVM of its own. It runs as ourselves. */
final class ApacheLauncher implements Launcher {
  private static final Pattern REFUSAL =
      Pattern.compile("SENT: 421 Maximum login limit has been reached");

  @Override
  public PeerKind kind() {
    return PeerKind.APACHE;
  }

  @Override
  public void require() {
    // A dependency of this module: it is there.
  }

  @Override
  public List<String> prepare(Place place, PeerSettings settings) throws IOException {
    cannot(settings.tls() == Tls.EXPLICIT_REQUIRED, "TLS required");
    cannot(settings.tlsReuse() == TlsReuse.DEMANDED, "TLS session reuse demanded");
    Path file = place.folder().resolve("settings.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties(place, settings).store(out, null);
    }
    String logger = "-Dorg.slf4j.simpleLogger.";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // For a quick start and little memory; it is no measure of this server's speed.
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m"));
    // Its own words are those of its JVM.
    command.addAll(settings.lines());
    command.add(logger + "logFile=" + place.folder().resolve(logName()));
    command.add(logger + "showDateTime=true");
    command.addAll(List.of("-classpath", classPath()));
    command.addAll(List.of(ApacheServer.class.getName(), file.toString()));
    return command;
  }

  private static Properties properties(Place place, PeerSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("port", Integer.toString(place.ports().control()));
    properties.setProperty(
        "passivePorts", place.ports().lowestPassive() + "-" + place.ports().highestPassive());
    properties.setProperty("root", place.root().toString());
    properties.setProperty("user", Account.USER);
    properties.setProperty("password", Account.PASSWORD);
    properties.setProperty("keyStore", place.certificate().keyStore().toString());
    properties.setProperty("tls", settings.tls().name());
    properties.setProperty(
        "tlsVersions", settings.newestTls() == NewestTls.V1_2 ? "TLSv1.2" : "TLSv1.2,TLSv1.3");
    for (Limit limit : Limit.values()) {
      properties.setProperty(
          limit.name(), Integer.toString(settings.limits().getOrDefault(limit, 0)));
    }
    for (Timeout timeout : Timeout.values()) {
      // Its own are 5 minutes, for both.
      Duration duration = settings.timeouts().getOrDefault(timeout, Duration.ofMinutes(5));
      properties.setProperty(timeout.name(), Long.toString(duration.toSeconds()));
    }
    return properties;
  }

  /** Where what it needs comes from: a file of the build or of the Maven repository each. */
  private static String classPath() {
    return Stream.of(
            ApacheServer.class,
            FtpServer.class,
            Ftplet.class,
            IoAcceptor.class,
            Logger.class,
            SimpleLogger.class)
        .map(ApacheLauncher::origin)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String logName() {
    return "apache.log";
  }

  @Override
  public Pattern refusalLine() {
    return REFUSAL;
  }

  @Override
  public boolean forks() {
    return false;
  }
}
