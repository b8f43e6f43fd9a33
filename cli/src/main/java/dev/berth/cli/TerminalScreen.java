package dev.berth.cli;

import dev.berth.limits.Standing;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows each look in place of the last one, on the second page that terminals have for this, so
 * that what stood there before comes back at the end: on q, on Ctrl-C, on any signal but SIGKILL. A
 * key is heard at once, for stty tells the terminal to pass it on; its size is asked at each look.
 */
final class TerminalScreen implements Screen {
  private static final File TERMINAL = new File("/dev/tty");
  private static final String BEGIN = "\u001B[?1049h\u001B[?25l";
  private static final String END = "\u001B[?25h\u001B[?1049l";
  private static final String HOME = "\u001B[H";
  private static final String REST_OF_LINE = "\u001B[K";
  private static final String REST_OF_PAGE = "\u001B[J";
  private static final String BOLD = "\u001B[1m";
  private static final String PLAIN = "\u001B[0m";
  private static final int END_OF_INPUT = 4; // Ctrl-D

  private record Size(int rows, int columns) {}

  private final PrintStream out;
  private final InputStream keys;
  private final boolean isColourful;
  private final String before;
  private final Thread onExit;
  private final LinkedBlockingQueue<Integer> typed = new LinkedBlockingQueue<>();
  private final AtomicBoolean isEnded = new AtomicBoolean();

  private TerminalScreen(Surroundings surroundings, String before) {
    this.out = surroundings.out();
    this.keys = surroundings.in();
    this.isColourful = surroundings.variable("NO_COLOR").isEmpty();
    this.before = before;
    this.onExit = new Thread(this::restore, "terminal");
  }

  /** The terminal, if standard input and output are one that can do it; else plain pages. */
  static Screen of(Surroundings surroundings) {
    boolean isDumb = "dumb".equals(surroundings.environment().get("TERM"));
    if (isDumb || !surroundings.hasTerminal().getAsBoolean()) {
      return new PlainScreen(surroundings.out());
    }
    Optional<String> before = stty("-g");
    if (before.isEmpty()) {
      return new PlainScreen(surroundings.out());
    }
    TerminalScreen screen = new TerminalScreen(surroundings, before.get());
    screen.begin();
    return screen;
  }

  private void begin() {
    Runtime.getRuntime().addShutdownHook(onExit);
    // No Ctrl-Z: who stops us there would find the terminal as it is now.
    stty("-icanon", "-echo", "susp", "undef");
    out.print(BEGIN);
    out.flush();
    Thread.ofPlatform().daemon().name("keys").start(this::readKeys);
  }

  private void readKeys() {
    try {
      int key = keys.read();
      while (key >= 0) {
        typed.add(key);
        key = keys.read();
      }
      typed.add(END_OF_INPUT);
    } catch (IOException e) {
      // The terminal is gone.
      typed.add(END_OF_INPUT);
    }
  }

  @Override
  public void show(List<Standing> all, Instant now) {
    Size size = size();
    // The last column stays free: a line that fills it wraps on some terminals.
    List<String> lines = TopText.page(all, now, size.rows(), size.columns() - 1);
    StringBuilder page = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      boolean isBold = isColourful && i == 0;
      page.append(i == 0 ? "" : "\r\n")
          .append(isBold ? BOLD : "")
          .append(lines.get(i))
          .append(isBold ? PLAIN : "")
          .append(REST_OF_LINE);
    }
    out.print(page.append(REST_OF_PAGE));
    out.flush();
  }

  private static Size size() {
    String[] told = stty("size").orElse("").split(" ", -1);
    try {
      int rows = Integer.parseInt(told[0]);
      int columns = Integer.parseInt(told[told.length - 1]);
      return rows > 0 && columns > 1 ? new Size(rows, columns) : new Size(24, 80);
    } catch (NumberFormatException e) {
      return new Size(24, 80);
    }
  }

  @Override
  public boolean awaits(Duration interval) throws InterruptedException {
    if (out.checkError()) {
      return false;
    }
    Integer key = typed.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
    return key == null || (key != 'q' && key != 'Q' && key != END_OF_INPUT);
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The end has begun already, and it restores too.
      return;
    }
  }

  private void restore() {
    if (isEnded.compareAndSet(false, true)) {
      out.print(END);
      out.flush();
      stty(before);
    }
  }

  /** Asks or tells the terminal; empty where there is no stty, or no terminal. */
  private static Optional<String> stty(String... words) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(words));
    try {
      Process stty =
          new ProcessBuilder(command)
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return stty.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
