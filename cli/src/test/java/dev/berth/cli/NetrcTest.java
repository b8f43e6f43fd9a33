package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetrcTest {
  private static final String TEXT =
      """
      # a comment with machine wrong login wrong password wrong
      machine one.example login ann password secret1 account x
      machine two.example
        login "ann b" # the family
        password "se\\"cr \\\\et"
      macdef init
        cd /machine/macro
        login fake

      machine three.example password #hash
      machine four.example port 2121 login dan password last
      machine FIVE.example login eve
      machine five.example login fay password second
      default login anonymous password me@example
      """;

  private final Netrc netrc = Netrc.parse(TEXT.getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          one.example,   ann,   secret1
          two.example,   ann b, se"cr \\et
          three.example, any,   #hash
          four.example,  dan,   last
          five.example,  fay,   second
          six.example,   anonymous, me@example
          """)
  void passwordOfAUser(String host, String user, String password) {
    assertThat(netrc.find(host, user).flatMap(Netrc.Entry::password))
        .contains(new Secret(password.replace("\\\\", "\\")));
  }

  @Test
  void otherUsersGetNothing() {
    assertThat(netrc.find("one.example", "bob")).isEmpty();
  }

  @Test
  void entryWithoutPasswordHasNone() {
    Optional<Netrc.Entry> eve = netrc.find("five.example");

    assertThat(eve.flatMap(Netrc.Entry::login)).contains("eve");
    assertThat(eve.flatMap(Netrc.Entry::password)).isEmpty();
  }

  @Test
  void brokenFilesAreReadAsFarAsTheyGo() {
    for (String text :
        new String[] {
          "", "machine", "login x", "machine h login", "machine h password \"", "macdef"
        }) {
      assertThat(Netrc.parse(text.getBytes(StandardCharsets.UTF_8)).find("other", "x")).isEmpty();
    }
  }
}
