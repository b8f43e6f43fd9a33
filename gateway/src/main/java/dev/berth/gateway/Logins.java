package dev.berth.gateway;

import dev.berth.client.Login;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** With whose users and passwords clients log in. */
public sealed interface Logins {
  /** With the server's own: they go to it. */
  record PassThrough() implements Logins {}

  /**
   * With the gateway's, each of whom is somebody at the server; several may be the same. What they
   * send goes to nobody.
   *
   * @param users at least one, each of another name
   */
  record Mapped(List<OwnUser> users) implements Logins {
    public Mapped {
      users = List.copyOf(users);
      if (users.isEmpty()) {
        throw new IllegalArgumentException("nobody could log in");
      }
      Set<String> names = new HashSet<>();
      for (OwnUser user : users) {
        if (!names.add(user.name())) {
          throw new IllegalArgumentException("two users are named " + user.name());
        }
      }
    }
  }

  /**
   * A user of the gateway.
   *
   * @param name as clients send it
   * @param hash by what the password is judged
   * @param upstream as whom the gateway logs in for this user
   */
  record OwnUser(String name, Hash hash, Login upstream) {}

  /**
   * What {@link PasswordCheck} judges a password by.
   *
   * @param text shown nowhere
   */
  record Hash(String text) {
    @Override
    public String toString() {
      return "***";
    }
  }
}
