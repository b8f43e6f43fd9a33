package dev.berth.cli;

import dev.berth.wire.Octets;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs of the past for machines: one JSON object a line, as docs/json.md describes them. */
final class HistoryLines {
  /** One job. */
  @Json
  record Past(
      String id,
      String began,
      @Nullable Double seconds,
      String state,
      @Nullable Integer exitStatus,
      String server,
      String user,
      List<String> command,
      int files,
      @Nullable Integer failed,
      @Nullable Integer unchanged,
      @Nullable Long bytes,
      @Nullable Long resumedBytes) {}

  /** One file of a job that did not arrive. */
  @Json
  record Missed(String source, String target, String result, @Nullable String reason) {}

  private final PrintStream stream;
  private final Jsonb json;

  private HistoryLines(PrintStream stream, Jsonb json) {
    this.stream = stream;
    this.json = json;
  }

  static HistoryLines to(PrintStream stream) {
    return new HistoryLines(
        stream, Jsonb.builder().serializeNulls(true).serializeEmpty(true).build());
  }

  void job(History.Remembered remembered) {
    PastJob job = remembered.job();
    PastJob.@Nullable End end = job.end().orElse(null);
    line(
        Past.class,
        new Past(
            job.token(),
            job.began().truncatedTo(ChronoUnit.SECONDS).toString(),
            end == null ? null : end.took().toMillis() / 1000.0,
            HistoryText.state(remembered),
            end == null ? null : end.exitStatus(),
            job.server(),
            Octets.latin(job.account()),
            job.words().stream().map(Octets::latin).toList(),
            end == null ? job.files() : end.files(),
            end == null ? null : end.failed(),
            end == null ? null : end.unchanged(),
            end == null ? null : end.bytes(),
            end == null ? null : end.resumedBytes()));
  }

  void failure(PastJob.Failure file) {
    line(
        Missed.class,
        new Missed(
            Octets.latin(file.source()),
            Octets.latin(file.target()),
            "failed",
            Octets.latin(file.reason())));
  }

  void unfinished(PastJob.Unfinished file) {
    line(
        Missed.class,
        new Missed(Octets.latin(file.source()), Octets.latin(file.target()), "unfinished", null));
  }

  private <T> void line(Class<T> type, T value) {
    stream.print(Shown.inJson(json.type(type).toJson(value)) + "\n");
  }
}
