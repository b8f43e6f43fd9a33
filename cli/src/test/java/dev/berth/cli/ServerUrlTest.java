package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.Secret;
import dev.berth.wire.Octets;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ftp://h/,                       h,             21
          ftps://h/,                      h,             990
          FTP://Host.Example.COM/x,       host.example.com, 21
          ftp://h:2121/x,                 h,             2121
          ftp://h:/x,                     h,             21
          ftp://192.0.2.1/,               192.0.2.1,     21
          ftp://[2001:db8::1]:2121/,      2001:db8::1,   2121
          ftp://[fe80::1%25eth0]/,        fe80::1%eth0,  21
          ftp://bücher.example/,          xn--bcher-kva.example, 21
          ftp://u@h,                      h,             21
          ftp://u:p@h:990,                h,             990
          """)
  void hostAndPort(String text, String host, int port) {
    ServerUrl url = ServerUrl.parse(text);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          ftp://h/,           -,         -
          ftp://ann@h/,       ann,       -
          ftp://ann:pw@h/,    ann,       pw
          ftp://ann:@h/,      ann,       ''
          ftp://a%40b:c%3Ad%2Fe%25@h/, a@b, c:d/e%
          ftp://ann:p@ss:w@h/, ann,      p@ss:w
          ftp://ann:p%20w@h/, ann,       p w
          ftp://DOM%5Cann@h/, DOM\\ann,   -
          """)
  void userAndPassword(String text, String name, String password) {
    ServerUrl.User user = ServerUrl.parse(text).user();

    if (name == null) {
      assertThat(user).isEqualTo(new ServerUrl.User.Unnamed());
    } else if (password == null) {
      assertThat(user).isEqualTo(new ServerUrl.User.Named(name));
    } else {
      assertThat(user).isEqualTo(new ServerUrl.User.WithPassword(name, new Secret(password)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ftp://h,               login, '',      true
          ftp://h/,              login, '',      true
          ftp://h/a,             login, a,       false
          ftp://h/a/b.txt,       login, a/b.txt, false
          ftp://h/a/,            login, a,       true
          ftp://h/a//b,          login, a/b,     false
          ftp://h//,             root,  /,       true
          ftp://h//srv/a,        root,  /srv/a,  false
          ftp://h/%2Fsrv/a,      root,  /srv/a,  false
          ftp://h/%2fsrv/a/,     root,  /srv/a,  true
          ftp://h/../x,          login, ../x,    false
          ftp://h/a%20b,         login, a b,     false
          ftp://h/a b#c?d,       login, a b#c?d, false
          ftp://h/a@b:c,         login, a@b:c,   false
          ftp://h/%C3%BC,        login, ü,       false
          ftp://h/ü,             login, ü,       false
          ftp://h/a;type=i,      login, a,       false
          ftp://h/a;TYPE=I,      login, a,       false
          ftp://h/100%25,        login, 100%,    false
          """)
  void pathFromLoginFolderOrRoot(String text, String from, String path, boolean folder) {
    ServerUrl url = ServerUrl.parse(text);

    RemoteLocation expected =
        from.equals("root")
            ? new RemoteLocation.FromRoot(new RemotePath(path))
            : new RemoteLocation.FromLogin(path);
    assertThat(url.location()).isEqualTo(expected);
    assertThat(url.namesFolder()).isEqualTo(folder);
  }

  @Test
  void bytesThatAreNotUtf8ComeThroughUnchanged() {
    ServerUrl url = ServerUrl.parse("ftp://h/caf%E9");

    assertThat(url.location()).isInstanceOf(RemoteLocation.FromLogin.class);
    String path = ((RemoteLocation.FromLogin) url.location()).path();
    assertThat(Octets.toBytes(path)).containsExactly('c', 'a', 'f', 0xE9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sftp://ann:topsecret@h/            | SFTP is another protocol
          http://ann:topsecret@h/            | ftp:// or ftps://
          ann:topsecret@h/dir                | ftp://user@host/path
          ftp:/ann:topsecret@h/              | ftp://user@host/path
          ftp://ann:topsecret@/x             | host is missing
          ftp:///x                           | host is missing
          ftp://a..b/x                       | not a valid name
          ftp://.example.com/x               | not a valid name
          ftp://abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm/x | not a valid name
          ftp://ann:topsecret@h:port/        | %2F
          ftp://ann:topsecret/word@h/        | %2F
          ftp://ann:topsecret@h:0/           | port
          ftp://ann:topsecret@h:65536/       | port
          ftp://ann:topsecret@h:999999/      | port
          ftp://:topsecret@h/                | user before the @ is empty
          ftp://@h/                          | user before the @ is empty
          ftp://ann:topsecret@h/%0d%0aDELE   | CR, LF or NUL
          ftp://ann:topsecret@h/%00          | CR, LF or NUL
          ftp://ann:topsecret%0AX@h/         | CR, LF or NUL
          ftp://a%0Db:topsecret@h/           | CR, LF or NUL
          ftp://ann:topsecret@h/%4           | hexadecimal
          ftp://ann:topsecret@h/%zz          | hexadecimal
          ftp://ann:topsecret%@h/            | hexadecimal
          ftp://ann:topsecret@[::1/          | host
          ftp://ann:topsecret@h h/           | host
          ftp://ann:topsecret@[fe1%25e]/     | host
          ftp://ann:topsecret@a:b:c/         | no port
          ftp://ann:topsecret@h/x;type=a     | TYPE I
          ftp://ann:topsecret@h/x;type=d     | TYPE I
          """)
  void faultsAreExplainedWithoutThePassword(String text, String reason) {
    assertThatThrownBy(() -> ServerUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("topsecret");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ftp://ann:topsecret@h:2121/a%20b/,  ftp://ann:***@h:2121/a%20b/
          FTPS://ann@H:990//srv,              ftps://ann@h//srv
          ftp://[2001:db8::1]/x,              ftp://[2001:db8::1]/x
          ftp://[fe80::1%25eth0]/x,           ftp://[fe80::1%25eth0]/x
          ftp://a%40b:x@h/ü%E9,               ftp://a%40b:***@h/%C3%BC%E9
          ftp://h,                            ftp://h/
          """)
  void printsWithoutThePassword(String text, String shown) {
    assertThat(ServerUrl.parse(text).toString()).doesNotContain("topsecret");
    if (!text.contains("ü")) {
      assertThat(ServerUrl.parse(text)).hasToString(shown);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/x", "FTPS://h", "sftp://h/x", "http://h"})
  void whatHasASchemeIsAnAddress(String text) {
    assertThat(ServerUrl.isUrl(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "./ftp:", "C:\\x", "a:b", "/ftp://h", "h/x"})
  void whatHasNoSchemeIsAPathname(String text) {
    assertThat(ServerUrl.isUrl(text)).isFalse();
  }
}
