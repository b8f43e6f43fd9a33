package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gateway as a program, with a small heap, before a server that takes two connections: idle
 * clients, hostile ones, and honest ones among them.
 */
record Siege(
    Server server, Berth berth, Berth.Running gateway, Path folder, Siege.Size size, String guess)
    implements AutoCloseable {
  private static final String HEAP = "128m";
  private static final int HONEST = 6;
  private static final int ROUNDS = 2;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final byte[] CONTENT = Column.content(1 << 20);
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern ADMIN = Pattern.compile("event=admin-listening address=(\\S+)");

  /**
   * How many come.
   *
   * @param idle who have logged in, and do nothing
   */
  record Size(int idle, int hostile) {}

  /**
   * Who logs in.
   *
   * @param guess the beginning of passwords that are wrong
   */
  record Login(String user, String password, String guess) {}

  static Siege of(Path folder, Size size) throws IOException {
    LimitedServer limited = LimitedServer.VSFTPD_2;
    Server server = Server.start(limited.kind(), limited.settings());
    try {
      Files.write(server.root().resolve("large"), Column.content(12 << 20));
      Files.write(server.root().resolve("file"), CONTENT);
      server.peer().own();
      Path settings =
          Files.writeString(
              folder.resolve("gateway.toml"),
              """
              listen = "127.0.0.1:0"
              [limits.connections]
              server = 4000
              [[network]]
              addresses = "127.0.0.0/8"
              exempt = true
              [[upstream]]
              name = "acme"
              address = "127.0.0.1:%d"
              tls = "off"
              limit = 2
              """
                  .formatted(server.tap().port()));
      Berth berth = Berth.in(folder).withHeap(HEAP);
      Berth.Running gateway =
          berth.start("gateway", "--config", settings, "--state-dir", folder.resolve("state"));
      return new Siege(server, berth, gateway, folder, size, "guess-" + UUID.randomUUID());
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Fails if an honest client is not served, or anything else is not as it should be. */
  void play() throws Exception {
    Await.until(BOUND, () -> gateway.said().errors(), () -> found(LISTENING).find());
    Matcher listening = found(LISTENING);
    assertThat(listening.find()).isTrue();
    InetSocketAddress address =
        new InetSocketAddress("127.0.0.1", Integer.parseInt(listening.group(1)));
    CountDownLatch over = new CountDownLatch(1);
    List<RawClient> idle = new ArrayList<>();
    List<Thread> hostile = new ArrayList<>();
    try {
      for (int i = 0; i < size.idle(); i++) {
        RawClient client = RawClient.connectFrom(source(1, i), address);
        idle.add(client);
        client.expect("220");
        client.logIn(Server.USER, Server.PASSWORD);
      }
      for (int i = 0; i < size.hostile(); i++) {
        hostile.add(attack(i, address, over));
      }
      Duration longest = beHonest(address);
      System.out.println("longest honest wait: " + longest.toMillis() + " ms");
      for (RawClient client : idle) {
        assertThat(client.ask("PWD")).startsWith("257");
      }
    } finally {
      over.countDown();
      for (RawClient client : idle) {
        client.close();
      }
    }
    judge();
    for (Thread thread : hostile) {
      assertThat(thread.join(BOUND)).as(thread.getName()).isTrue();
    }
  }

  private static String source(int group, int number) {
    return "127.0." + group + "." + (1 + number % 200);
  }

  private Thread attack(int number, InetSocketAddress address, CountDownLatch over) {
    Assault assault = Assault.values()[number % Assault.values().length];
    Login login = new Login(Server.USER, Server.PASSWORD, guess);
    return Thread.ofVirtual()
        .name(assault + "-" + number)
        .start(() -> {
          try {
            assault.playAgainAndAgain(source(2, number), address, login, over);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Returns how long the slowest transfer took, with its wait. */
  private Duration beHonest(InetSocketAddress address) throws IOException {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < HONEST; i++) {
      try (RawClient client = RawClient.connectFrom(source(3, i), address)) {
        client.expect("220");
        client.logIn(Server.USER, Server.PASSWORD).say("TYPE I\r\n").expect("200");
        for (int round = 0; round < ROUNDS; round++) {
          String name = "up-" + i + "-" + round;
          long began = System.nanoTime();
          again(() -> fetch(client));
          longest = longer(longest, began);
          began = System.nanoTime();
          again(() -> store(client, name));
          longest = longer(longest, began);
          assertThat(server.root().resolve(name)).hasBinaryContent(CONTENT);
        }
      }
    }
    return longest;
  }

  /** A transfer of an honest client; its last reply. */
  private interface Honest {
    String tried() throws IOException;
  }

  /**
   * As clients do it that are told to come again. Once at the most: some forty who have never been
   * seen to stall may have their turns before a newcomer, and go behind it from then on.
   */
  private static void again(Honest transfer) throws IOException {
    String last = transfer.tried();
    if (last.startsWith("450")) {
      last = transfer.tried();
    }
    assertThat(last).startsWith("226");
  }

  private static String fetch(RawClient client) throws IOException {
    Fetched fetched = Fetched.by(client, "file");
    if (fetched.isDone()) {
      fetched.isWhole(CONTENT);
    }
    return fetched.last();
  }

  private static String store(RawClient client, String name) throws IOException {
    try (Socket data = client.passive()) {
      String reply = client.say("STOR " + name + "\r\n").hear();
      if (!reply.startsWith("1")) {
        return reply;
      }
      try {
        data.getOutputStream().write(CONTENT);
        data.shutdownOutput();
      } catch (SocketException refused) {
        return client.hear(); // The wait was over, and nothing came of it.
      }
      return client.hear();
    }
  }

  private static Duration longer(Duration longest, long sinceNanos) {
    Duration last = Duration.ofNanos(System.nanoTime() - sinceNanos);
    return last.compareTo(longest) > 0 ? last : longest;
  }

  private void judge() throws IOException {
    assertThat(gateway.process().isAlive()).as(() -> gateway.said().errors()).isTrue();
    assertThat(server.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(2);
    assertThat(server.tap().refused()).isZero();
    try (Stream<String> lines =
        Files.lines(Path.of("/proc/" + gateway.process().pid() + "/status"))) {
      lines
          .filter(it -> it.startsWith("VmHWM") || it.startsWith("VmRSS"))
          .forEach(System.out::println);
    }
    String log = gateway.said().errors();
    assertThat(log).contains("event=").doesNotContain(guess, "OutOfMemoryError");
    for (String page : List.of("clients", "queue", "upstreams", "pools", "stats")) {
      Run run =
          berth.run("gateway", "show", page, "--json", "--state-dir", folder.resolve("state"));
      assertThat(run.ended(0).out()).doesNotContain(guess);
    }
    Matcher admin = found(ADMIN);
    assertThat(admin.find()).isTrue();
    try (var in = URI.create("http://" + admin.group(1) + "/metrics").toURL().openStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("berth_")
          .doesNotContain(guess);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(guess);
      }
    }
  }

  private Matcher found(Pattern pattern) {
    return pattern.matcher(gateway.said().errors());
  }

  @Override
  public void close() throws IOException {
    try (server) {
      gateway.close();
    }
  }
}
