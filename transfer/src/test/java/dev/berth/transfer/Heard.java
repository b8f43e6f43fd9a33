package dev.berth.transfer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a job told. */
class Heard implements JobListener {
  private final List<FileResult> results = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();

  @Override
  public void planned(int files, long bytes) {}

  @Override
  public void finished(FileResult result) {
    results.add(result);
  }

  @Override
  public void noted(String sentence) {
    notes.add(sentence);
  }

  List<FileResult> results() {
    return results;
  }

  List<String> notes() {
    return notes;
  }

  /** The outcomes by source. */
  Map<String, FileResult.Outcome> outcomes() {
    return results.stream()
        .collect(Collectors.toMap(FileResult::source, FileResult::outcome, (one, other) -> other));
  }

  /** The one failure that must be there. */
  FileResult.Failed failure() {
    List<FileResult.Failed> failures =
        results.stream()
            .map(FileResult::outcome)
            .filter(FileResult.Failed.class::isInstance)
            .map(FileResult.Failed.class::cast)
            .toList();
    if (failures.size() != 1) {
      throw new AssertionError("not one failure: " + results);
    }
    return failures.getFirst();
  }

  /** How many ended so. */
  long count(Class<? extends FileResult.Outcome> kind) {
    Function<FileResult, FileResult.Outcome> outcome = FileResult::outcome;
    return results.stream().map(outcome).filter(kind::isInstance).count();
  }
}
