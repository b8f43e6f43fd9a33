package dev.berth.gateway;

import dev.berth.client.Login;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gateway's own users of one upstream. Any thread may call it. */
final class OwnUsers {
  private final PasswordCheck passwords;
  private volatile Known known;

  /** What became of a user name and a password. */
  sealed interface Judged {
    /**
     * They are right.
     *
     * @param upstream as whom the gateway logs in then
     */
    record Right(Login upstream) implements Judged {}

    /**
     * They are not.
     *
     * @param reason one word for the log
     */
    record Wrong(String reason) implements Judged {}
  }

  /** All there are at one time. */
  private record Known(Map<String, Logins.OwnUser> byName, List<String> hashes) {
    static Known of(Logins.Mapped mapped) {
      return new Known(
          mapped.users().stream()
              .collect(Collectors.toMap(Logins.OwnUser::name, Function.identity())),
          mapped.users().stream().map(it -> it.hash().text()).sorted().toList());
    }

    /** The same each time for the same name: a name of nobody takes as long as any other. */
    String anyHash(String name) {
      return hashes.get(Math.floorMod(name.hashCode(), hashes.size()));
    }
  }

  OwnUsers(Logins.Mapped mapped, PasswordCheck passwords) {
    this.passwords = passwords;
    this.known = Known.of(mapped);
  }

  /** From now on these may log in, and no others. Who is in stays. */
  void replace(Logins.Mapped others) {
    known = Known.of(others);
  }

  Judged judge(String name, String password) {
    Known now = known;
    Logins.@Nullable OwnUser user = now.byName().get(name);
    String hash = user == null ? now.anyHash(name) : user.hash().text();
    boolean matches = passwords.matches(password, hash);
    if (user == null) {
      return new Judged.Wrong("unknown-user");
    }
    return matches ? new Judged.Right(user.upstream()) : new Judged.Wrong("wrong-password");
  }
}
