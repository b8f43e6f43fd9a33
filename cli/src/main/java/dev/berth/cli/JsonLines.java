package dev.berth.cli;

import dev.berth.demo.Act;
import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.limits.Ceiling;
import dev.berth.limits.Occupant;
import dev.berth.limits.Outsider;
import dev.berth.limits.Standing;
import dev.berth.transfer.FileResult;
import dev.berth.wire.Octets;
import dev.berth.wire.RemotePath;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers machines: one JSON object a line, in UTF-8, as docs/json.md describes them. A key is
 * there even when its value is not known; it is null then. One thread at a time.
 */
final class JsonLines {
  /** One file of a job. */
  @Json
  record File(
      String source,
      String target,
      String result,
      @Nullable Long bytes,
      @Nullable Long resumedBytes,
      @Nullable Double seconds,
      @Nullable String reason) {}

  /** A whole job, its last line. */
  @Json
  record Summary(
      int files,
      int failed,
      int unchanged,
      long bytes,
      long resumedBytes,
      int deleted,
      int refusals,
      double waitedSeconds,
      @Nullable Integer limit,
      @Nullable String evidence,
      int exitStatus) {}

  /** One job of a demonstration. */
  @Json
  record DemoJob(String way, int job, int files, int arrived, @Nullable String said) {}

  /** One way of a demonstration, behind its jobs. */
  @Json
  record DemoWay(String way, int files, int arrived, long refused, double seconds) {}

  /** One entry of a listing. */
  @Json
  record Entry(
      String name,
      String type,
      @Nullable Long size,
      @Nullable String modified,
      @Nullable String permissions,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String target) {}

  /** One entry by itself. */
  @Json
  record Found(
      String path,
      String name,
      String type,
      @Nullable Long size,
      @Nullable String modified,
      @Nullable String permissions,
      @Nullable String owner,
      @Nullable String group,
      @Nullable String target) {}

  /** A place of which nothing can be told. */
  @Json
  record Missing(String missing, String reason) {}

  /** One file or folder that is removed, made or renamed. */
  @Json
  record Change(
      String path,
      @Nullable String target,
      String action,
      String result,
      @Nullable String reason) {}

  /** A line of a listing that nobody can read. */
  @Json
  record Unreadable(String unreadable, String reason) {}

  /** What a reply of a server means. */
  @Json
  record Answer(String scope, @Nullable Integer limit, String retry, String advice) {}

  /** A limit, and why it is believed. */
  @Json
  record Limit(
      @Nullable String account, int limit, String evidence, String since, @Nullable String words) {}

  /** A program that is no Berth and has a connection. */
  @Json
  record Outside(@Nullable Long pid, @Nullable String program, @Nullable Long uid) {}

  /** What is remembered of one server. */
  @Json
  record Remembered(
      String host, int port, String source, List<Limit> limits, @Nullable String pausedUntil) {}

  /** Another program that has a connection, or waits for one. */
  @Json
  record Neighbour(
      long pid, String user, String program, String doing, String since, int connections) {}

  /** How the budget of one server stands. */
  @Json
  record Status(
      String host,
      int port,
      String source,
      List<Limit> limits,
      @Nullable String pausedUntil,
      List<Neighbour> holders,
      List<Neighbour> waiting,
      List<Outside> outsiders) {}

  /** Why a command did not do what it was asked for. */
  @Json
  record Fault(String error, int exitStatus) {}

  private final PrintStream stream;
  private final Jsonb json;

  private JsonLines(PrintStream stream, Jsonb json) {
    this.stream = stream;
    this.json = json;
  }

  /** Writes to this stream, which encodes in UTF-8. */
  static JsonLines to(PrintStream stream) {
    return new JsonLines(stream, Jsonb.builder().serializeNulls(true).serializeEmpty(true).build());
  }

  /** A file of a job has ended. */
  void file(FileResult result) {
    String source = Octets.latin(result.source());
    String target = Octets.latin(result.target());
    File file =
        switch (result.outcome()) {
          case FileResult.Done done ->
              new File(
                  source,
                  target,
                  "done",
                  done.bytes(),
                  done.resumedBytes(),
                  done.took().toMillis() / 1000.0,
                  null);
          case FileResult.Unchanged _ ->
              new File(source, target, "unchanged", null, null, null, null);
          case FileResult.Changed _ -> new File(source, target, "done", null, null, null, null);
          case FileResult.Deleted _ -> new File(source, target, "deleted", null, null, null, null);
          case FileResult.DeletionPlanned _ ->
              new File(source, target, "deletionPlanned", null, null, null, null);
          case FileResult.Planned planned ->
              new File(source, target, "planned", planned.bytes(), null, null, null);
          case FileResult.Failed failed ->
              new File(source, target, "failed", null, null, null, Octets.latin(failed.reason()));
        };
    line(File.class, file);
  }

  /** A file or folder of a job that changes what is on the server has ended. */
  void change(Deed deed, FileResult result) {
    line(
        Change.class,
        new Change(
            Octets.latin(result.source()),
            result.target().isEmpty() ? null : Octets.latin(result.target()),
            deed.action(),
            switch (result.outcome()) {
              case FileResult.Done _, FileResult.Changed _, FileResult.Deleted _ -> "done";
              case FileResult.Unchanged _ -> "unchanged";
              case FileResult.Planned _, FileResult.DeletionPlanned _ -> "planned";
              case FileResult.Failed _ -> "failed";
            },
            result.outcome() instanceof FileResult.Failed failed
                ? Octets.latin(failed.reason())
                : null));
  }

  /** A place has been looked at; what was found there has its own line. */
  void missing(FileResult result) {
    if (result.outcome() instanceof FileResult.Failed failed) {
      line(
          Missing.class, new Missing(Octets.latin(result.source()), Octets.latin(failed.reason())));
    }
  }

  /** A job has ended. */
  void summary(JobReport end) {
    Integer limit = null;
    String evidence = null;
    if (end.allowance() instanceof Allowance.Of known) {
      limit = known.connections();
      evidence = Octets.latin(known.evidence());
    }
    line(
        Summary.class,
        new Summary(
            end.summary().files(),
            end.summary().failed(),
            end.summary().unchanged(),
            end.summary().bytes(),
            end.summary().resumedBytes(),
            end.summary().deleted(),
            end.refusals(),
            end.waited().toMillis() / 1000.0,
            limit,
            evidence,
            end.ending().status().number()));
  }

  /** A line of a listing; those that tell nothing write nothing. */
  void listing(ListingLine line) {
    switch (line) {
      case ListingLine.Entry entry -> line(Entry.class, entry(entry.entry()));
      case ListingLine.Unreadable unreadable ->
          line(
              Unreadable.class,
              new Unreadable(Octets.latin(unreadable.line()), Octets.latin(unreadable.why())));
      case ListingLine.Ignored _, ListingLine.OtherFolder _ -> {}
    }
  }

  /** What stands at a pathname. */
  void entry(RemotePath path, ListingEntry entry) {
    Entry it = entry(entry);
    line(
        Found.class,
        new Found(
            Octets.latin(path.value()),
            it.name(),
            it.type(),
            it.size(),
            it.modified(),
            it.permissions(),
            it.owner(),
            it.group(),
            it.target()));
  }

  private static Entry entry(ListingEntry entry) {
    return new Entry(
        Octets.latin(entry.name()),
        entry.type().name().toLowerCase(Locale.ROOT),
        entry.sizeBytes().isPresent() ? entry.sizeBytes().getAsLong() : null,
        text(entry.modified().map(time -> time.iso8601())),
        text(entry.permissions()),
        text(entry.owner()),
        text(entry.group()),
        text(entry.target()));
  }

  private static @Nullable String text(Optional<String> text) {
    return text.map(Octets::latin).orElse(null);
  }

  /** What came of a demonstration, both ways. */
  void demo(Act usual, Act berth) {
    demo("usual", usual);
    demo("berth", berth);
  }

  private void demo(String way, Act act) {
    for (int i = 0; i < act.jobs().size(); i++) {
      Act.JobResult job = act.jobs().get(i);
      String said = job.said().isEmpty() ? null : job.said();
      line(DemoJob.class, new DemoJob(way, i + 1, job.files(), job.arrived(), said));
    }
    double seconds = act.time().toMillis() / 1000.0;
    line(DemoWay.class, new DemoWay(way, act.files(), act.arrived(), act.refused(), seconds));
  }

  /** How the budget of one server stands. */
  void standing(Standing standing, Instant now) {
    Instant paused = standing.state().pace().until();
    line(
        Status.class,
        new Status(
            standing.name().host(),
            standing.name().port(),
            standing.name().source(),
            limits(standing),
            now.isBefore(paused) ? seconds(paused) : null,
            standing.holders().stream().map(JsonLines::neighbour).toList(),
            standing.waiting().stream().map(JsonLines::neighbour).toList(),
            standing.outsiders().stream().map(JsonLines::outside).toList()));
  }

  /** What is remembered of one server. */
  void remembered(Standing standing, Instant now) {
    Instant paused = standing.state().pace().until();
    line(
        Remembered.class,
        new Remembered(
            standing.name().host(),
            standing.name().port(),
            standing.name().source(),
            limits(standing),
            now.isBefore(paused) ? seconds(paused) : null));
  }

  private static List<Limit> limits(Standing standing) {
    List<Limit> limits = new ArrayList<>();
    limits.add(limit(null, standing.state().address()));
    standing
        .state()
        .accounts()
        .forEach((account, ceiling) -> limits.add(limit(account.name(), ceiling)));
    return limits;
  }

  private static Outside outside(Outsider outsider) {
    return switch (outsider) {
      case Outsider.Program it -> new Outside(it.pid(), Octets.latin(it.words()), null);
      case Outsider.User it -> new Outside(null, null, it.uid());
      case Outsider.Unknown _ -> new Outside(null, null, null);
    };
  }

  private static Limit limit(@Nullable String account, Ceiling ceiling) {
    return new Limit(
        account,
        ceiling.limit(),
        ceiling.evidence().kind().name().toLowerCase(Locale.ROOT),
        seconds(ceiling.evidence().at()),
        ceiling.evidence().words().isEmpty() ? null : Octets.latin(ceiling.evidence().words()));
  }

  private static Neighbour neighbour(Occupant occupant) {
    return new Neighbour(
        occupant.program().pid(),
        occupant.program().user(),
        occupant.program().words(),
        occupant.doing().name().toLowerCase(Locale.ROOT),
        seconds(occupant.since()),
        occupant.places());
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** What a server can do and allows. */
  void profile(ProfileJson.Profile profile) {
    line(ProfileJson.Profile.class, profile);
  }

  /** What a reply of a server means. */
  void answer(Answer answer) {
    line(Answer.class, answer);
  }

  /** A command ends otherwise than asked for. */
  void error(ExitStatus status, String message) {
    line(Fault.class, new Fault(Octets.latin(message), status.number()));
  }

  /** A line is written at once, so that a reader at the other end of a pipe need not wait. */
  private <T> void line(Class<T> type, T value) {
    stream.print(Shown.inJson(json.type(type).toJson(value)) + "\n");
    stream.flush();
  }
}
