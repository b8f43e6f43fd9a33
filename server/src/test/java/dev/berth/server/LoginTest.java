package dev.berth.server;

import static dev.berth.server.Site.account;
import static dev.berth.server.Site.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.admission.Network;
import dev.berth.session.Denial.Reason;
import dev.berth.session.Login;
import dev.berth.session.LoginRequest;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  @TempDir Path home;
  private final List<String> checked = new ArrayList<>();

  private FileBackend backend(Account... accounts) {
    PasswordCheck noting =
        (password, hash) -> {
          checked.add(hash);
          return password.equals(hash);
        };
    return new FileBackend(FileSettings.USUAL, noting, List.of(accounts));
  }

  private static LoginRequest from(String address, LoginRequest request) throws IOException {
    return new LoginRequest(
        request.session(),
        request.user(),
        request.password(),
        InetAddress.getByName(address),
        request.listener(),
        request.inTls(),
        request.host());
  }

  private static LoginRequest inTls(LoginRequest request) {
    return new LoginRequest(
        request.session(),
        request.user(),
        request.password(),
        request.address(),
        request.listener(),
        true,
        request.host());
  }

  private static Access access(boolean needsTls, List<Network> networks, boolean isOff) {
    return new Access(Permission.ALL, needsTls, networks, isOff);
  }

  @Test
  void theRightPasswordLetsIn() throws Exception {
    Login login = backend(account(home)).login(request("alice", "secret"));

    assertThat(login).isInstanceOf(Login.Granted.class);
    assertThat(((Login.Granted) login).account()).isEqualTo("alice");
  }

  @Test
  void unknownUsersCostAPasswordCheckLikeOthers() throws Exception {
    FileBackend backend = backend(account(home));

    assertThat(backend.login(request("alice", "wrong")))
        .isEqualTo(new Login.Denied("wrong-password"));
    assertThat(backend.login(request("nobody", "secret")))
        .isEqualTo(new Login.Denied("unknown-user"));

    assertThat(checked).containsExactly("secret", "secret");
  }

  @Test
  void whoIsOffOrElsewhereIsToldOnlyAfterThePassword() throws Exception {
    Network ten = Network.of(InetAddress.getByName("10.0.0.0"), 8);
    FileBackend off = backend(account(home).with(access(false, List.of(), true)));
    FileBackend elsewhere = backend(account(home).with(access(false, List.of(ten), false)));

    assertThat(off.login(request("alice", "wrong"))).isEqualTo(new Login.Denied("wrong-password"));
    assertThat(off.login(request("alice", "secret"))).isEqualTo(new Login.Denied("switched-off"));
    assertThat(elsewhere.login(request("alice", "secret")))
        .isEqualTo(new Login.Denied("wrong-network"));
    assertThat(elsewhere.login(from("10.200.3.4", request("alice", "secret"))))
        .isInstanceOf(Login.Granted.class);
    assertThat(checked).hasSize(4);
  }

  @Test
  void whereTlsIsNeededNoPasswordIsLookedAt() throws Exception {
    FileBackend backend = backend(account(home).with(access(true, List.of(), false)));

    assertThat(backend.login(request("alice", "secret"))).isEqualTo(new Login.NeedsTls());
    assertThat(backend.login(request("nobody", "secret"))).isEqualTo(new Login.NeedsTls());
    assertThat(checked).isEmpty();
    assertThat(backend.login(inTls(request("alice", "secret")))).isInstanceOf(Login.Granted.class);
    assertThat(backend.login(inTls(request("nobody", "secret"))))
        .isEqualTo(new Login.Denied("unknown-user"));
  }

  @Test
  void anonymousHasTwoNamesAndAnyPassword() throws Exception {
    Account named = account(home);
    Account anonymous =
        new Account(
            "guests",
            new Credential.Anonymous(),
            home,
            RemotePath.ROOT,
            Access.of(Permission.READ_ONLY),
            Quota.NONE,
            Rates.NONE,
            0);
    FileBackend backend = backend(named, anonymous);

    for (String name : List.of("anonymous", "ftp")) {
      Login login = backend.login(request(name, "me@example.org"));
      assertThat(((Login.Granted) login).account()).isEqualTo("guests");
    }
    assertThat(backend.login(request("guests", ""))).isEqualTo(new Login.Denied("unknown-user"));
    assertThatThrownBy(() -> backend(anonymous, anonymous))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAnonymousAccountThereIsNone() throws Exception {
    assertThat(backend(account(home)).login(request("anonymous", "")))
        .isEqualTo(new Login.Denied("unknown-user"));
  }

  @Test
  void whoIsHereStaysWhenAccountsAreReplaced() throws Exception {
    FileBackend backend = backend(account(home));
    Visit visit = Site.visit(backend);

    backend.replace(List.of(Account.of("bob", "secret", home)));

    Site.store(visit, "/a", "a");
    assertThat(backend.login(request("alice", "secret")))
        .isEqualTo(new Login.Denied("unknown-user"));
    assertThat(backend.login(request("bob", "secret"))).isInstanceOf(Login.Granted.class);
  }

  @Test
  void accountsThatCannotBeAreRefusedAndChangeNothing() throws Exception {
    FileBackend backend = backend(account(home));

    assertThatThrownBy(() -> backend.replace(List.of(account(home), account(home))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alice");

    assertThat(backend.login(request("alice", "secret"))).isInstanceOf(Login.Granted.class);
  }

  @Test
  void aSessionBeginsWhereTheAccountSays() throws Exception {
    Files.createDirectories(home.resolve("in/here"));
    Account account = account(home);
    Account there =
        new Account(
            "alice",
            account.credential(),
            home,
            new RemotePath("/in/here"),
            account.access(),
            account.quota(),
            account.rates(),
            022);
    Visit visit = Site.visit(backend(there));

    assertThat(visit.home()).isEqualTo(new RemotePath("/in/here"));
    Site.assertDenied(
        Reason.NOT_PERMITTED, () -> visit.rename(new RemotePath("/in"), new RemotePath("/out")));
    Files.delete(home.resolve("in/here"));
    assertThat(Site.visit(backend(there)).home()).isEqualTo(RemotePath.ROOT);
  }

  @Test
  void aHomeThatIsMissingIsNoWrongPassword() {
    FileBackend backend = backend(account(home.resolve("none")));

    assertThatThrownBy(() -> backend.login(request("alice", "secret")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void secretsAreNotShown() {
    assertThat(account(home).toString()).doesNotContain("secret").contains("***");
  }
}
