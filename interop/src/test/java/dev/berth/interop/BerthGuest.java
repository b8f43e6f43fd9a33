package dev.berth.interop;

import dev.berth.testkit.Await;
import dev.berth.testkit.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Berth. What it goes on with is what it had moved itself, until it was killed. */
record BerthGuest(Berth berth, Path home) implements Guest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "Berth";
  }

  @Override
  public String version() {
    return berth.run("--version").ended(0).out().strip().replaceAll("^\\S+ (\\S+)(?s:.*)", "$1");
  }

  @Override
  public String note() {
    return "";
  }

  @Override
  public String act(Site site, Deed deed) throws IOException {
    switch (deed) {
      case Deed.GoOnGet(var remote, var local) -> {
        Files.delete(local);
        cut(site, deed, local.getParent());
      }
      case Deed.GoOnPut(var local, var remote) -> {
        Files.delete(home.resolve(remote));
        cut(site, deed, home);
      }
      case Deed.Show any -> {}
      case Deed.Get any -> {}
      case Deed.Put any -> {}
      case Deed.Rename any -> {}
      case Deed.Delete any -> {}
    }
    Run run = berth.run(words(site, deed));
    if (run.exit() != 0) {
      throw new IOException(run.toString());
    }
    return run.out();
  }

  /** Begins, and is killed in the middle. */
  private void cut(Site site, Deed deed, Path target) throws IOException {
    try (Berth.Running running = berth.start(words(site, deed))) {
      Await.until(
          BOUND,
          () -> "a part in " + target + "; " + running.said().errors(),
          () -> isBegun(target) || !running.process().isAlive());
      running.kill();
    }
  }

  /** Whether a quarter of the large file is in a file under another name. */
  private static boolean isBegun(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file ->
          file.getFileName().toString().startsWith(".")
              && file.toFile().length() > Column.LARGE_BYTES / 4);
    } catch (IOException e) {
      return false; // Renamed while we looked.
    }
  }

  private static Object[] words(Site site, Deed deed) throws IOException {
    List<Object> words = new ArrayList<>();
    words.add(
        switch (deed) {
          case Deed.Show show -> "ls";
          case Deed.Get get -> "get";
          case Deed.GoOnGet get -> "get";
          case Deed.Put put -> "put";
          case Deed.GoOnPut put -> "put";
          case Deed.Rename rename -> "mv";
          case Deed.Delete delete -> "rm";
        });
    if (site.isEncrypted()) {
      words.add("--tls=require");
      words.add("--tls-trust=sha256:" + ServerTls.certificate().fingerprint());
    } else {
      words.add("--tls=off");
    }
    if (site.isActive()) {
      words.add("--data=active");
    }
    words.addAll(
        switch (deed) {
          case Deed.Show show -> List.of(url(site, ""));
          case Deed.Get(var remote, var local) -> List.of(url(site, remote), local);
          case Deed.GoOnGet(var remote, var local) -> List.of(url(site, remote), local);
          case Deed.Put(var local, var remote) -> List.of(local, url(site, remote));
          case Deed.GoOnPut(var local, var remote) -> List.of(local, url(site, remote));
          case Deed.Rename(var from, var to) -> List.of(url(site, from), url(site, to));
          case Deed.Delete(var remote) -> List.of(url(site, remote));
        });
    return words.toArray();
  }

  private static String url(Site site, String name) {
    return "ftp://%s@%s:%d/%s"
        .formatted(site.account(), site.bracketed(), site.port(), Site.encoded(name));
  }
}
