package dev.berth.daemon;

import dev.berth.gateway.GatewayTerms;
import dev.berth.gateway.UpstreamSettings;
import java.nio.file.Path;
import java.util.List;

/** What {@code berth serve} or {@code berth gateway} is to serve. */
public sealed interface ServeRequest {
  /**
   * What a settings file says.
   *
   * @param file {@code server.toml}; read anew at each reload
   */
  record FromFile(Path file) implements ServeRequest {}

  /**
   * One folder, for who is in a hurry: no file is read.
   *
   * @param root the folder; it has to be there
   * @param users who logs in with a password; none or one
   * @param listen {@code HOST:PORT}; port 0 takes a free one
   * @param tls off, offered, required, implicit, or self-signed, which is offered; all but off with
   *     a certificate that is made at the start
   * @param isAnonymous whether anybody may log in without a password, and read
   * @param isReadOnly whether the user may only read
   * @param limit how many sessions one address may have; empty for the usual
   */
  record FromOptions(
      Path root,
      List<User> users,
      String listen,
      String tls,
      boolean isAnonymous,
      boolean isReadOnly,
      List<Integer> limit)
      implements ServeRequest {
    public FromOptions {
      users = List.copyOf(users);
      limit = List.copyOf(limit);
    }
  }

  /**
   * A user of {@link FromOptions}.
   *
   * @param name as the client sends it, see {@link dev.berth.wire.Octets}
   * @param passwordHash see {@link PasswordHash}
   */
  record User(String name, String passwordHash) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Other servers, as a settings file says.
   *
   * @param file {@code gateway.toml}; read anew at each reload
   * @param terms on what terms it goes to them
   */
  record Gateway(Path file, GatewayTerms terms) implements ServeRequest {}

  /**
   * One other server, for who is in a hurry: no file is read.
   *
   * @param upstream to which everybody is led
   * @param listen {@code HOST:PORT}; port 0 takes a free one
   * @param terms on what terms it goes there
   */
  record GatewayTo(UpstreamSettings upstream, String listen, GatewayTerms terms)
      implements ServeRequest {}

  /**
   * The file to take where none is named.
   *
   * @return {@code /etc/berth/server.toml}, whether it is there or not
   */
  static Path usualFile() {
    return ServerFile.USUAL;
  }

  /**
   * The same for a gateway.
   *
   * @return {@code /etc/berth/gateway.toml}, whether it is there or not
   */
  static Path usualGatewayFile() {
    return GatewayFile.USUAL;
  }
}
