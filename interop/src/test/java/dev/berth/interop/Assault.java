package dev.berth.interop;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a hostile client does until it is over, or the gateway has had enough. */
enum Assault {
  /** Asks without end, and reads nothing. */
  NEVER_READS {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over) throws IOException {
      client.logIn(login.user(), login.password());
      flood(client, "FEAT\r\n".repeat(1_000), over);
    }
  },
  DRIBBLES {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over)
        throws IOException, InterruptedException {
      for (int i = 0; !over.await(1, TimeUnit.SECONDS); i++) {
        client.say(i % 8 == 0 ? "\r\n" : "U");
      }
    }
  },
  GARBAGE {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over) throws IOException {
      StringBuilder octets = new StringBuilder();
      for (int i = 0; i < 4096; i++) {
        octets.append((char) (i * 7919 % 256));
      }
      flood(client, octets.toString(), over);
    }
  },
  HALF_CLOSES {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over)
        throws IOException, InterruptedException {
      client.logIn(login.user(), login.password());
      client.socket().shutdownOutput();
      over.await();
    }
  },
  LONG_LINES {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over) throws IOException {
      flood(client, "USER " + "a".repeat(1 << 20) + "\r\n", over);
    }
  },
  PORTS {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over) throws IOException {
      client.logIn(login.user(), login.password());
      for (int i = 0; over.getCount() > 0; i++) {
        client.ask(i % 2 == 0 ? "PASV" : "EPSV");
      }
    }
  },
  GUESSES {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over)
        throws IOException, InterruptedException {
      for (int i = 0; !over.await(100, TimeUnit.MILLISECONDS); i++) {
        client.ask("USER " + login.user());
        client.ask("PASS " + login.guess() + i);
      }
    }
  },
  STALLS_UP {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over)
        throws IOException, InterruptedException {
      client.logIn(login.user(), login.password());
      try (Socket data = client.passive()) {
        client.say("STOR stalled-" + client.socket().getLocalPort() + "\r\n");
        data.getOutputStream().write(1);
        over.await();
      }
    }
  },
  NEVER_FETCHES {
    @Override
    void play(RawClient client, Siege.Login login, CountDownLatch over)
        throws IOException, InterruptedException {
      client.logIn(login.user(), login.password());
      try (Socket data = client.passive()) {
        client.say("RETR large\r\n");
        over.await();
        data.shutdownInput();
      }
    }
  };

  abstract void play(RawClient client, Siege.Login login, CountDownLatch over)
      throws IOException, InterruptedException;

  /** Comes again as often as it is sent away, with a breath between. */
  void playAgainAndAgain(
      String from, InetSocketAddress gateway, Siege.Login login, CountDownLatch over)
      throws InterruptedException {
    do {
      try (RawClient client = RawClient.connectFrom(from, gateway)) {
        client.expect("220");
        play(client, login, over);
      } catch (IOException sentAway) {
        continue; // As is right.
      }
    } while (!over.await(200, TimeUnit.MILLISECONDS));
  }

  private static void flood(RawClient client, String text, CountDownLatch over) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    OutputStream out = client.socket().getOutputStream();
    while (over.getCount() > 0) {
      out.write(bytes); // Blocks when nobody takes it, until the socket is closed.
    }
  }
}
