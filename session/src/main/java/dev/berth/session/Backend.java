package dev.berth.session;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What stands behind the sessions: who may log in, and what they find. Many sessions call it at
 * once, each on its own thread, and every call may block.
 */
public interface Backend {
  /**
   * Judges a user name and a password. It may take as long as the check does; the session that asks
   * waits, and nobody else.
   *
   * @return a visit that the session closes at its end, or a denial. How long a denial takes must
   *     not tell whether the user exists
   * @throws IOException if it cannot be judged now (a users' file that cannot be read, a server
   *     behind that does not answer): the client is told so, and that it was not its password
   */
  Login login(LoginRequest request) throws IOException, InterruptedException;

  /**
   * Why nobody can be served just now, if so: who comes is told 421 in place of the greeting,
   * before it has sent a password.
   *
   * @param listener the name of the listener on which it came
   * @return one line
   */
  default Optional<String> turnsAway(String listener) {
    return Optional.empty();
  }

  /**
   * What FEAT tells of files to who has not logged in, where other servers have the files: many
   * clients ask no second time.
   *
   * @param listener as of {@link LoginRequest}
   * @param host as of {@link LoginRequest}
   * @return as of {@link Relay#features}; nothing where the files are ours
   */
  default Optional<List<String>> featuresBehind(String listener, String host) {
    return Optional.empty();
  }

  /**
   * The servers behind of which a client may name one before its login, by HOST, OPEN or SITE.
   *
   * @return whether there is one of a name, {@code host} or {@code host:port}; nothing where the
   *     files are ours
   */
  default Optional<Predicate<String>> hostsBehind() {
    return Optional.empty();
  }
}
