package dev.berth.server;

import dev.berth.session.Backend;
import dev.berth.session.Login;
import dev.berth.session.LoginRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files behind the sessions of a server: accounts, each with a home folder of any {@link
 * java.nio.file.FileSystem}. Nothing a client says leads out of its home. Any thread may call it;
 * it holds nothing that would have to be closed.
 */
public final class FileBackend implements Backend {
  private static final Duration CLEANED_EVERY = Duration.ofHours(6);

  private final FileSettings settings;
  private final PasswordCheck passwords;
  private final Uploads uploads;
  private final OwnerNames owners = new OwnerNames();
  private final Map<Path, Home> homes = new ConcurrentHashMap<>();
  private final Map<String, AccountThrottle> throttles = new ConcurrentHashMap<>();
  private volatile Accounts accounts;

  /**
   * Files for these accounts.
   *
   * @throws IllegalArgumentException if two accounts have one name, or two are anonymous
   */
  public FileBackend(FileSettings settings, PasswordCheck passwords, Collection<Account> accounts) {
    this.settings = settings;
    this.passwords = passwords;
    this.uploads = new Uploads(settings.sync());
    this.accounts = new Accounts(accounts);
  }

  /**
   * From now on these may log in, and no others. Who is here stays, as the account was at the
   * login.
   *
   * @throws IllegalArgumentException as for {@link #FileBackend}; then all is as before
   */
  public void replace(Collection<Account> others) {
    accounts = new Accounts(others);
    owners.forget();
  }

  /**
   * Judges a user name and a password. Of a name that nobody has, the password is checked like any
   * other; switched-off accounts and wrong networks are looked at only after it. In plain text, a
   * name that needs TLS is told so, and a name that nobody has too, if any account needs TLS.
   */
  @Override
  public Login login(LoginRequest request) throws IOException {
    Accounts now = accounts;
    Optional<Account> account = now.named(request.user());
    boolean needsTls = account.map(it -> it.access().needsTls()).orElse(now.anyNeedsTls());
    if (needsTls && !request.inTls()) {
      return new Login.NeedsTls();
    }
    boolean matches = matches(now, account, request);
    if (account.isEmpty()) {
      return new Login.Denied("unknown-user");
    }
    if (!matches) {
      return new Login.Denied("wrong-password");
    }
    Access access = account.get().access();
    if (access.isOff()) {
      return new Login.Denied("switched-off");
    }
    return access.comesFrom(request.address())
        ? new Login.Granted(visit(account.get()), account.get().name())
        : new Login.Denied("wrong-network");
  }

  /**
   * Removes what has come of cut uploads and is older than {@link FileSettings#partLife}, in every
   * home there is, and has what counts for a quota counted again. Blocks as long as it takes to
   * look at every file; one thread calls it, first at the start of the program.
   *
   * @return when to come again
   * @throws IOException if a home could not be read; the others have been cleaned
   */
  public Instant maintain(Instant now) throws IOException {
    Instant before = now.minus(settings.partLife());
    List<IOException> failures = new ArrayList<>();
    for (Path folder : accounts.homes()) {
      try {
        Home home = home(folder.toRealPath());
        new Cleaning(home, uploads, before).run();
        home.usage().forget();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
    return now.plus(CLEANED_EVERY);
  }

  private Home home(Path top) {
    return homes.computeIfAbsent(
        top, it -> new Home(new Tree(it, settings.links(), owners), new Usage()));
  }

  private boolean matches(Accounts now, Optional<Account> account, LoginRequest request) {
    if (account.isPresent() && account.get().credential() instanceof Credential.Anonymous) {
      return true;
    }
    Optional<String> hash =
        account
            .map(Account::credential)
            .map(it -> it instanceof Credential.Hash(String text) ? text : "")
            .or(() -> now.anyHash(request.user()));
    return hash.isPresent() && passwords.matches(request.password().text(), hash.get());
  }

  private FileVisit visit(Account account) throws IOException {
    Home home = home(account.home().toRealPath());
    AccountThrottle throttle =
        throttles.compute(
            account.name(),
            (name, known) ->
                known != null && known.rates().equals(account.rates())
                    ? known
                    : new AccountThrottle(account.rates()));
    return new FileVisit(account, home, uploads, throttle);
  }
}
