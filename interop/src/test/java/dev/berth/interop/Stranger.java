package dev.berth.interop;

import dev.berth.testkit.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that does anything at random, and looks at everything that comes: nothing of it may be
 * of an account that it is not logged in as. Used by one thread.
 */
final class Stranger implements AutoCloseable {
  private static final List<String> COMMON =
      List.of(
          "file", "d", "d/file", "d/e", "d/e/file", "/file", "/d", "new", "d/new", "/new", "..");

  private static final List<String> PLAIN =
      List.of("CWD", "CWD", "CWD", "SIZE", "MDTM", "MLST", "STAT", "RNFR", "DELE", "MKD", "RMD");

  /** What may be asked of the own folder, too: it stays as it is. */
  private static final Set<String> READING =
      Set.of("CWD", "SIZE", "MDTM", "MLST", "STAT", "RETR", "LIST", "NLST", "MLSD");

  /** Many servers list what is not there as nothing. */
  private static final Set<String> LISTING = Set.of("STAT", "LIST", "NLST", "MLSD");

  /** What tells nothing of an account. */
  private static final Set<String> ANYBODYS =
      Set.of("USER", "PASS", "REIN", "QUIT", "NOOP", "SYST");

  /** More than the gateway lets anybody wait: by then it has answered. */
  private static final int PATIENCE_MILLIS = 120_000;

  private static final int MOST_LOGINS = 20;

  private final InetSocketAddress gateway;
  private final Random random;
  private final List<String> story = new ArrayList<>(); // of this login
  private final Owner usual;
  private RawClient client;
  private @Nullable Owner owner; // who it is logged in as
  private int served; // bytes of its own files

  Stranger(InetSocketAddress gateway, Owner usual, Random random) throws IOException {
    this.gateway = gateway;
    this.usual = usual;
    this.random = random;
    this.client = connect();
    logIn(usual);
  }

  private RawClient connect() throws IOException {
    RawClient next = RawClient.connect(gateway);
    next.socket().setSoTimeout(PATIENCE_MILLIS);
    next.expect("220");
    return next;
  }

  /** How much of its own it has been given. */
  int served() {
    return served;
  }

  /** Looks at its own things and asks for the other's, before anything is left to chance. */
  void begin() throws IOException {
    fetch("RETR file");
    fetch("LIST");
    fetch("LIST " + usual.other().folder());
    fetch("RETR " + usual.other().folder() + "/precious");
    say("CWD " + usual.other().folder());
    say("PWD");
  }

  /** Does one thing, and looks at what comes of it. */
  void act() throws IOException {
    try {
      int die = random.nextInt(100);
      if (die < 18) {
        change();
      } else {
        work();
      }
      if (owner == null && random.nextInt(3) > 0) {
        logIn(random.nextInt(4) > 0 ? usual : usual.other());
      }
    } catch (EOFException | SocketException e) {
      story.add("the connection ended: " + e.getMessage());
      comeAgain();
    } catch (SocketTimeoutException e) {
      throw new AssertionError(fault("no reply").getMessage(), e);
    }
  }

  private void comeAgain() throws IOException {
    client.close();
    owner = null;
    client = connect();
    logIn(usual);
  }

  /** Somebody else, or nobody. */
  private void change() throws IOException {
    Owner before = owner == null ? usual : owner;
    switch (random.nextInt(8)) {
      case 0 -> fail(before, "wrong");
      case 1 -> fail(before.other(), before.password());
      case 2 -> fail(before, before.other().password());
      case 3 -> {
        say("USER " + before.other().user());
        owner = null;
        work();
      }
      case 4 -> {
        say("REIN");
        owner = null;
        work();
      }
      case 5 -> {
        say("QUIT");
        comeAgain();
      }
      case 6 -> {
        client.reset();
        comeAgain();
      }
      default -> logIn(before.other());
    }
  }

  private void fail(Owner whom, String password) throws IOException {
    say("USER " + whom.user());
    owner = null;
    String reply = say("PASS " + password);
    if (reply.startsWith("2")) {
      throw fault("let in as " + whom + " by " + password + ": " + reply);
    }
    work();
  }

  private void logIn(Owner whom) throws IOException {
    for (int i = 0; i < MOST_LOGINS; i++) {
      owner = null;
      say("USER " + whom.user());
      String reply = say("PASS " + whom.password());
      if (reply.startsWith("230")) {
        story.clear();
        story.add("is " + whom);
        owner = whom;
        return;
      }
      if (!reply.startsWith("4")) {
        throw fault("not let in as " + whom + ": " + reply);
      }
      client.close(); // There is no connection free just now.
      client = connect();
    }
    throw fault("not let in as " + whom + " for long");
  }

  private void work() throws IOException {
    int die = random.nextInt(20);
    if (die < 9) {
      String verb = one(PLAIN);
      String argument = name(verb);
      String reply = say(verb + " " + argument);
      if (reply.startsWith("350") && verb.equals("RNFR")) {
        say("RNTO " + name("RNTO"));
      }
    } else if (die < 12) {
      say(one(List.of("PWD", "PWD", "CDUP", "NOOP", "TYPE I", "TYPE A", "REST 7", "SYST")));
    } else if (die < 15) {
      String verb = one(List.of("LIST", "NLST", "MLSD"));
      fetch(random.nextInt(3) == 0 ? verb : verb + " " + name(verb));
    } else if (die < 18) {
      fetch("RETR " + name("RETR"));
    } else {
      store(one(List.of("STOR", "STOR", "APPE")));
    }
  }

  /** A name of both, of the other one, or of its own where that stays as it is. */
  private String name(String verb) {
    Owner self = owner == null ? usual : owner;
    int die = random.nextInt(10);
    if (die < 5) {
      return one(COMMON);
    }
    Owner of = die < 8 || !READING.contains(verb) ? self.other() : self;
    boolean mayBeNew = !Set.of("MKD", "RNTO", "STOR", "APPE").contains(verb);
    String inside = of.folder() + "/precious";
    return one(
        mayBeNew
            ? List.of(of.folder(), "/" + of.folder(), inside, "/" + inside, "../" + of.folder())
            : List.of(inside, "/" + inside));
  }

  private void fetch(String line) throws IOException {
    try (Socket data = passive()) {
      if (say(line).startsWith("1")) {
        String content = read(data);
        String last = look(line, client.hear());
        requireOwn(line, content);
        if (line.startsWith("RETR") && last.startsWith("2") && owner != null) {
          served += content.length();
        }
      }
    }
  }

  /** Whoever is not logged in has no door; what it asks for is refused all the same. */
  private Socket passive() throws IOException {
    if (owner == null) {
      return new Socket();
    }
    return client.passive();
  }

  private static String read(Socket data) throws IOException {
    StringBuilder content = new StringBuilder();
    byte[] buffer = new byte[1 << 16];
    try {
      int count = data.getInputStream().read(buffer);
      while (count >= 0) {
        content.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        count = data.getInputStream().read(buffer);
      }
    } catch (SocketException e) {
      content.append("reset");
    }
    return content.toString();
  }

  private void store(String verb) throws IOException {
    Owner self = owner == null ? usual : owner;
    String line = verb + " " + name(verb);
    try (Socket data = passive()) {
      if (say(line).startsWith("1")) {
        try {
          data.getOutputStream().write(self.content(random.nextInt(500)));
          data.shutdownOutput();
        } catch (SocketException e) {
          story.add("broken off");
        }
        look(line, client.hear());
      }
    }
  }

  private String say(String line) throws IOException {
    story.add(line);
    return look(line, client.ask(line));
  }

  /** Looks at a reply. What stands in it of the client's own words is nothing new. */
  private String look(String line, String reply) {
    story.add(reply);
    String verb = line.split(" ", 2)[0];
    String argument = line.substring(Math.min(line.length(), verb.length() + 1));
    if (owner == null && !ANYBODYS.contains(verb) && !reply.startsWith("5")) {
      throw fault("served without a login");
    }
    requireOwn(line, argument.isEmpty() ? reply : reply.replace(argument, ""));
    if (owner != null
        && owner.other().owns(argument)
        && !LISTING.contains(verb)
        && reply.matches("(?s)[23].*")) {
      throw fault("done in the folder of " + owner.other());
    }
    if (verb.equals("PWD") && owner != null && reply.contains(owner.other().folder())) {
      throw fault("is in the folder of " + owner.other());
    }
    return reply;
  }

  private void requireOwn(String line, String told) {
    for (Owner foreign : Owner.values()) {
      if (foreign != owner && told.contains(foreign.mark())) {
        throw fault(line + " told of " + foreign);
      }
    }
  }

  private AssertionError fault(String what) {
    return new AssertionError(what + ", as " + owner + ":\n  " + String.join("\n  ", story));
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
