package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/**
 * The program that {@link ApacheLauncher} starts: Apache FtpServer with the settings of a
 * properties file. It ends when it is killed.
 */
final class ApacheServer {
  /** More logins than any test makes. As shipped there are 10. */
  private static final int MANY = 10_000;

  private final Properties settings;

  private ApacheServer(Properties settings) {
    this.settings = settings;
  }

  /**
   * Starts the server.
   *
   * @param args the properties file
   */
  public static void main(String[] args) throws IOException, FtpException {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
      settings.load(in);
    }
    new ApacheServer(settings).start();
  }

  private void start() throws FtpException {
    FtpServerFactory server = new FtpServerFactory();
    server.addListener("default", listener().createListener());
    server.setUserManager(users());
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(false);
    int logins = number("SERVER");
    connections.setMaxLogins(logins == 0 ? MANY : logins);
    connections.setMaxThreads(64);
    server.setConnectionConfig(connections.createConnectionConfig());
    server.createServer().start();
  }

  private ListenerFactory listener() {
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(number("port"));
    listener.setIdleTimeout(number("IDLE"));
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setPassivePorts(text("passivePorts"));
    data.setIdleTime(number("DATA"));
    if (!text("tls").equals("NONE")) {
      SslConfiguration tls = tls();
      listener.setSslConfiguration(tls);
      listener.setImplicitSsl(text("tls").equals("IMPLICIT"));
      data.setSslConfiguration(tls);
    }
    listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    return listener;
  }

  private SslConfiguration tls() {
    SslConfigurationFactory tls = new SslConfigurationFactory();
    tls.setKeystoreFile(Path.of(text("keyStore")).toFile());
    tls.setKeystoreType("PKCS12");
    tls.setKeystorePassword(text("password"));
    tls.setSslProtocol(text("tlsVersions").split(","));
    return tls.createSslConfiguration();
  }

  private UserManager users() throws FtpException {
    PropertiesUserManagerFactory factory = new PropertiesUserManagerFactory();
    factory.setPasswordEncryptor(new ClearTextPasswordEncryptor());
    UserManager users = factory.createUserManager();
    BaseUser user = new BaseUser();
    user.setName(text("user"));
    user.setPassword(text("password"));
    user.setHomeDirectory(text("root"));
    user.setAuthorities(
        List.of(
            new WritePermission(),
            new TransferRatePermission(0, 0),
            new ConcurrentLoginPermission(number("PER_USER"), number("PER_ADDRESS"))));
    users.save(user);
    return users;
  }

  private int number(String key) {
    return Integer.parseInt(text(key));
  }

  private String text(String key) {
    String value = settings.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no setting " + key);
    }
    return value;
  }
}
