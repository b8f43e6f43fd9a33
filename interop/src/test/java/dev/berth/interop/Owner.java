package dev.berth.interop;

import dev.berth.testkit.Account;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Whose account it is. Its files and some of its names tell that. */
enum Owner {
  ANN(Account.USER, Account.PASSWORD),
  BOB(Account.SECOND_USER, Account.SECOND_PASSWORD);

  private final String user;
  private final String password;
  private final Pattern path = Pattern.compile("(^|.*/)" + folder() + "(/.*|$)");

  Owner(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** As the server knows it. */
  String user() {
    return user;
  }

  String password() {
    return password;
  }

  Owner other() {
    return this == ANN ? BOB : ANN;
  }

  /** Nobody ever says it, and it is in each of the owner's files, and in its own folder. */
  String mark() {
    return "mark-of-" + name();
  }

  /** A folder that this owner has, and that nobody else ever makes. */
  String folder() {
    return "folder-of-" + name();
  }

  /** Whether a pathname leads through the owner's folder. */
  boolean owns(String pathname) {
    return path.matcher(pathname).matches();
  }

  /** Some lines. */
  byte[] content(int lines) {
    return (mark() + "\n").repeat(lines).getBytes(StandardCharsets.US_ASCII);
  }
}
