package dev.berth.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server costs: processor time of all processes that it ever had, and their memory. From a
 * cpuacct cgroup of its own where that is allowed; else from /proc, which loses what left without
 * being waited for, as half of vsftpd's does.
 */
final class CpuMeter implements AutoCloseable {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup/cpuacct");
  private static final long TICKS_A_SECOND = 100;

  private final Path group; // empty path for none
  private final List<Long> before = new ArrayList<>(); // children that are not the server's

  private CpuMeter(Path group) {
    this.group = group;
  }

  /** Starts to count what is started from now on, until {@link #leave}. */
  static CpuMeter enter(String name) throws IOException {
    CpuMeter meter = new CpuMeter(made(name).orElse(Path.of("")));
    if (meter.hasGroup()) {
      move(meter.group);
    } else {
      ProcessHandle.current().descendants().forEach(child -> meter.before.add(child.pid()));
    }
    return meter;
  }

  private static Optional<Path> made(String name) {
    Path group = CGROUPS.resolve("berth-bench-" + name + "-" + ProcessHandle.current().pid());
    try {
      return Optional.of(Files.createDirectories(group));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void move(Path group) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
  }

  boolean hasGroup() {
    return !group.toString().isEmpty();
  }

  /** What is started from now on is not the server's. */
  void leave() throws IOException {
    if (hasGroup()) {
      move(CGROUPS);
    }
  }

  /** User and system time so far. */
  double seconds() throws IOException {
    if (hasGroup()) {
      return Long.parseLong(Files.readString(group.resolve("cpuacct.usage")).strip()) / 1e9;
    }
    long ticks = 0;
    for (long process : processes()) {
      ticks += ticks(process);
    }
    return (double) ticks / TICKS_A_SECOND;
  }

  /** proc(5), stat: utime, stime, cutime, cstime are the fields 14 to 17. */
  private static long ticks(long process) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Stream.of(11, 12, 13, 14).mapToLong(field -> Long.parseLong(fields[field])).sum();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private List<Long> processes() throws IOException {
    if (hasGroup()) {
      return Files.readAllLines(group.resolve("cgroup.procs")).stream().map(Long::valueOf).toList();
    }
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .filter(pid -> !before.contains(pid))
        .toList();
  }

  /** Memory of all its processes, what they share divided among them: PSS. */
  double mebibytes() throws IOException {
    long kibibytes = 0;
    for (long process : processes()) {
      kibibytes += kibibytes(process);
    }
    return kibibytes / 1024.0;
  }

  private static long kibibytes(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // It has ended.
    }
  }

  @Override
  public void close() throws IOException {
    if (hasGroup()) {
      Files.deleteIfExists(group);
    }
  }

  /** Groups that a run which was killed has left. */
  static void tidy() throws IOException {
    if (!Files.isDirectory(CGROUPS)) {
      return;
    }
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(CGROUPS, "berth-bench-*")) {
      for (Path group : groups) {
        if (Files.readString(group.resolve("cgroup.procs")).isBlank()) {
          Files.deleteIfExists(group);
        }
      }
    }
  }
}
