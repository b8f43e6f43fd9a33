package dev.berth.interop;

import dev.berth.interop.Outcome.Notes;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client of a duet. It logs in again when its connection has ended. Used by one thread. */
final class Player implements AutoCloseable {
  private static final Pattern HOST_PORT =
      Pattern.compile("\\(\\d+,\\d+,\\d+,\\d+,(\\d+),(\\d+)\\)");
  private static final int SOON_MILLIS = 1_000;
  private static final int A_LITTLE = 1_000;

  /** No server answers more often than that. */
  private static final int MOST_REPLIES = 6;

  private final InetSocketAddress server;
  private RawClient client;

  Player(InetSocketAddress server) throws IOException {
    this.server = server;
    this.client = logIn();
  }

  private RawClient logIn() throws IOException {
    return RawClient.loggedIn(server, Server.USER, Server.PASSWORD);
  }

  /** Bytes of a file; every one there is, line ends among them. */
  static byte[] content(int size) {
    return Column.content(size);
  }

  /** Acts, and takes down what comes of it. */
  Outcome act(Act act) throws IOException {
    Notes notes = new Notes();
    try {
      play(act, notes);
    } catch (IOException e) {
      notes.reply(Outcome.CLOSED + ": " + e.getMessage());
      comeAgain();
    }
    return notes.outcome();
  }

  private void comeAgain() throws IOException {
    client.close();
    client = logIn();
  }

  /** Where it is, by PWD; nowhere if the server does not tell. */
  String whereabouts() throws IOException {
    String told = client.ask("PWD");
    // Within it RFC 959 doubles a quote, and Pure-FTPd does not; no name here has two.
    return told.startsWith("257")
        ? told.substring(5, told.lastIndexOf('"')).replace("\"\"", "\"")
        : "";
  }

  private void play(Act act, Notes notes) throws IOException {
    switch (act) {
      case Act.Say say -> {
        client.say(String.join("\r\n", say.lines()) + "\r\n");
        for (int i = 0; i < say.lines().size(); i++) {
          notes.reply(client.hear());
        }
      }
      case Act.Fetch(String line, Act.Door door) -> fetch(line, door, notes);
      case Act.Store(String line, Act.Door door, int size) -> store(line, door, size, notes);
      case Act.CutFetch cut -> cut(cut, notes);
      case Act.CutStore cut -> cut(cut, notes);
      case Act.Leave(Act.Leaving leaving) -> leave(leaving, notes);
    }
  }

  private void leave(Act.Leaving leaving, Notes notes) throws IOException {
    switch (leaving) {
      case QUIT -> notes.reply(client.ask("QUIT"));
      case CLOSE -> client.close();
      case RESET -> client.reset();
    }
    comeAgain();
  }

  /** A data connection that is to be, or is. */
  private interface Way extends AutoCloseable {
    Socket socket() throws IOException;

    @Override
    void close() throws IOException;
  }

  private record Passive(Socket socket) implements Way {
    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private record Active(ServerSocket listener) implements Way {
    @Override
    public Socket socket() throws IOException {
      return listener.accept();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  private record NoWay() implements Way {
    @Override
    public Socket socket() throws IOException {
      throw new IOException("a 150 without a data connection");
    }

    @Override
    public void close() {}
  }

  private Way open(Act.Door door) throws IOException {
    return switch (door) {
      case EPSV -> new Passive(client.passive());
      case PASV -> {
        Matcher said = HOST_PORT.matcher(client.say("PASV\r\n").expect("227"));
        if (!said.find()) {
          throw new IOException("no port in the reply to PASV");
        }
        int port = Integer.parseInt(said.group(1)) * 256 + Integer.parseInt(said.group(2));
        yield new Passive(client.data(port));
      }
      case EPRT -> new Active(client.active());
      case PORT -> new Active(port());
      case NONE -> new NoWay();
    };
  }

  private ServerSocket port() throws IOException {
    InetSocketAddress own = (InetSocketAddress) client.socket().getLocalSocketAddress();
    ServerSocket listener = new ServerSocket(0, 1, own.getAddress());
    int port = listener.getLocalPort();
    String host = own.getAddress().getHostAddress().replace('.', ',');
    try {
      client.say("PORT " + host + "," + port / 256 + "," + port % 256 + "\r\n").expect("200");
      listener.setSoTimeout(10_000);
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  private void fetch(String line, Act.Door door, Notes notes) throws IOException {
    try (Way way = open(door)) {
      if (isBegun(line, notes)) {
        try (Socket data = way.socket()) {
          read(data, notes);
        }
        notes.reply(client.hear());
      }
    }
  }

  private boolean isBegun(String line, Notes notes) throws IOException {
    return notes.reply(client.ask(line)).startsWith("1");
  }

  private static void read(Socket data, Notes notes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try {
      int count = data.getInputStream().read(buffer);
      while (count >= 0) {
        notes.data(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        count = data.getInputStream().read(buffer);
      }
    } catch (SocketException e) {
      notes.data("\nreset");
    }
  }

  private void store(String line, Act.Door door, int size, Notes notes) throws IOException {
    try (Way way = open(door)) {
      if (isBegun(line, notes)) {
        try (Socket data = way.socket()) {
          write(data, size);
        }
        notes.reply(client.hear());
      }
    }
  }

  /** Where the server hangs up, its reply counts. */
  private static void write(Socket data, int size) throws IOException {
    try {
      data.getOutputStream().write(content(size));
      data.shutdownOutput();
    } catch (SocketException e) {
      data.close();
    }
  }

  private void cut(Act.CutFetch fetch, Notes notes) throws IOException {
    try (Way way = open(Act.Door.EPSV)) {
      if (isBegun(fetch.line(), notes)) {
        Socket data = way.socket();
        data.getInputStream().readNBytes(A_LITTLE);
        end(fetch.cut(), data, notes);
      }
    }
  }

  private void cut(Act.CutStore store, Notes notes) throws IOException {
    try (Way way = open(Act.Door.EPSV)) {
      if (isBegun(store.line(), notes)) {
        Socket data = way.socket();
        data.getOutputStream().write(content(store.size()), 0, store.size() / 2);
        end(store.cut(), data, notes);
      }
    }
  }

  private void end(Act.Cut cut, Socket data, Notes notes) throws IOException {
    switch (cut) {
      case ABOR -> {
        client.say("ABOR\r\n");
        data.close();
        hearAll(notes);
      }
      case DATA -> {
        data.setSoLinger(true, 0);
        data.close();
        hearSoon(notes);
        hearAll(notes);
      }
      case DEATH -> {
        client.reset();
        data.setSoLinger(true, 0);
        data.close();
        comeAgain();
      }
    }
  }

  /** Pure-FTPd says nothing at times; ProFTPD answers SYST first if it comes too early. */
  private void hearSoon(Notes notes) throws IOException {
    Socket control = client.socket();
    int bound = control.getSoTimeout();
    control.setSoTimeout(SOON_MILLIS);
    try {
      notes.reply(client.hear());
    } catch (SocketTimeoutException e) {
      notes.reply("000 nothing");
    } finally {
      control.setSoTimeout(bound);
    }
  }

  /** All replies up to the one to SYST, of which there is one for sure. */
  private void hearAll(Notes notes) throws IOException {
    client.say("SYST\r\n");
    String reply = client.hear();
    for (int i = 0; i < MOST_REPLIES && !reply.startsWith("215"); i++) {
      notes.reply(reply);
      reply = client.hear();
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
