package dev.berth.gateway;

import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * With which login files are delivered, and what the server has shown it: kept while there are such
 * files, so that a gateway that was started anew can go on.
 *
 * @param system the server's reply to SYST
 */
record SpoolAccount(Login login, String loginFolder, Features features, Reply system) {
  private static final String FIRST_LINE = "berth spool account 1";
  private static final String FEATURE = "feature.";

  /** Of one whose server tells where it is: of others nothing is spooled. */
  static SpoolAccount of(UpstreamAccount account) {
    return switch (account.loginFolder()) {
      case UpstreamAccount.LoginFolder.Told(String folder) ->
          new SpoolAccount(
              new Login(account.user(), account.password()),
              folder,
              account.features(),
              account.system());
      case UpstreamAccount.LoginFolder.Untold untold ->
          throw new IllegalArgumentException("no folder is known of " + account.user());
    };
  }

  String text() {
    StringBuilder text = new StringBuilder(FIRST_LINE);
    text.append("\nuser=").append(SpooledFile.written(login.user()));
    text.append("\npassword=").append(SpooledFile.written(login.password().reveal()));
    text.append("\nfolder=").append(SpooledFile.written(loginFolder));
    text.append("\nsystem-code=").append(system.code());
    text.append("\nsystem=").append(SpooledFile.written(String.join("\n", system.lines())));
    features
        .parameters()
        .forEach((name, parameters) ->
            text.append('\n')
                .append(FEATURE)
                .append(SpooledFile.written(name))
                .append('=')
                .append(SpooledFile.written(parameters)));
    return text.append('\n').toString();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SpoolAccount of(String text) {
    Map<String, String> values = SpooledFile.values(text, FIRST_LINE);
    Map<String, String> features = new LinkedHashMap<>();
    values.forEach((key, value) -> {
      if (key.startsWith(FEATURE)) {
        features.put(SpooledFile.read(key.substring(FEATURE.length())), SpooledFile.read(value));
      }
    });
    return new SpoolAccount(
        new Login(
            SpooledFile.read(SpooledFile.value(values, "user")),
            new Secret(SpooledFile.read(SpooledFile.value(values, "password")))),
        SpooledFile.read(SpooledFile.value(values, "folder")),
        new Features(features),
        new Reply(
            Integer.parseInt(SpooledFile.value(values, "system-code")),
            List.of(SpooledFile.read(SpooledFile.value(values, "system")).split("\n", -1))));
  }
}
