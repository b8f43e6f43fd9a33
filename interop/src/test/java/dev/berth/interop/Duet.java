package dev.berth.interop;

import dev.berth.interop.Step.Solo;
import dev.berth.interop.Step.Who;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The same steps of two clients twice on the same tree: each on a connection of its own, then both
 * through a gateway that has one connection.
 */
final class Duet {
  private final Stage stage;
  private final Judge judge;

  Duet(Stage stage, Judge judge) {
    this.stage = stage;
    this.judge = judge;
  }

  /** What was done directly, and what came of it. */
  private record Played(
      Step step, List<Boolean> astray, List<List<String>> said, List<Outcome> outcomes) {}

  /**
   * Plays both.
   *
   * @return the first difference that is not allowed, if there is one
   */
  Optional<String> play(List<Step> steps, InetSocketAddress gateway) throws Exception {
    stage.set();
    List<Played> played = playDirectly(steps);
    SortedMap<String, String> expected = stage.look();
    stage.set();
    try (Performance performance = new Performance(gateway)) {
      for (Played direct : played) {
        List<Outcome> gated = performance.take(direct.step());
        for (int i = 0; i < gated.size(); i++) {
          switch (judge.judge(moment(direct, i, gated.get(i)))) {
            case Judge.Verdict.Same same -> {}
            case Judge.Verdict.Parted parted -> {
              return Optional.empty(); // Nothing after it is comparable.
            }
            case Judge.Verdict.Different(String what) -> {
              return Optional.of(what);
            }
          }
        }
      }
    }
    return difference(expected, stage.look());
  }

  private static Optional<String> difference(
      SortedMap<String, String> expected, SortedMap<String, String> found) {
    if (found.equals(expected)) {
      return Optional.empty();
    }
    SortedMap<String, String> more = new TreeMap<>(found);
    more.entrySet().removeAll(expected.entrySet());
    SortedMap<String, String> less = new TreeMap<>(expected);
    less.entrySet().removeAll(found.entrySet());
    return Optional.of("the trees\n    direct:  " + less + "\n    gateway: " + more);
  }

  private Moment moment(Played direct, int part, Outcome gated) {
    Solo solo = direct.step().parts().get(part);
    return new Moment(
        stage.name(),
        solo.who(),
        solo.act(),
        direct.astray().get(part),
        direct.said().get(part),
        direct.outcomes().get(part),
        gated);
  }

  /** A step that would change files from a folder that is no more is left out. */
  private List<Played> playDirectly(List<Step> steps) throws Exception {
    List<Played> played = new ArrayList<>();
    try (Performance performance = new Performance(stage.direct())) {
      Watch watch = new Watch(performance);
      for (Step step : steps) {
        List<Boolean> astray = new ArrayList<>();
        List<List<String>> said = new ArrayList<>();
        for (Solo part : step.parts()) {
          astray.add(watch.isAstray(part.who()));
          said.add(watch.said(part.who()));
        }
        if (astray.contains(true) && !step.parts().stream().allMatch(Duet::isFitForTheLost)) {
          continue;
        }
        List<Outcome> outcomes = performance.take(step);
        played.add(new Played(step, astray, said, outcomes));
        for (int i = 0; i < outcomes.size(); i++) {
          watch.see(step.parts().get(i), outcomes.get(i));
        }
      }
    }
    return played;
  }

  /** Whoever is nowhere may look around, and go somewhere by an absolute pathname. */
  private static boolean isFitForTheLost(Solo part) {
    return part.act().isReading()
        && (!part.act().isMoving()
            || part.act().commands().stream().allMatch(line -> line.startsWith("CWD /")));
  }

  /** Where the two are, and what they have said since they logged in. */
  private final class Watch {
    private final Performance performance;
    private final Map<Who, String> whereabouts = new EnumMap<>(Who.class);
    private final Map<Who, String> identities = new EnumMap<>(Who.class);
    private final Map<Who, List<String>> said = new EnumMap<>(Who.class);

    Watch(Performance performance) throws IOException {
      this.performance = performance;
      for (Who who : Who.values()) {
        said.put(who, new ArrayList<>());
        locate(who);
      }
    }

    private void locate(Who who) throws IOException {
      String told = performance.player(who).whereabouts();
      whereabouts.put(who, told);
      identities.put(who, stage.identity(told));
    }

    boolean isAstray(Who who) throws IOException {
      String identity = stage.identity(whereabouts.getOrDefault(who, ""));
      return identity.isEmpty() || !identity.equals(identities.get(who));
    }

    List<String> said(Who who) {
      return said.getOrDefault(who, List.of());
    }

    void see(Solo part, Outcome outcome) throws IOException {
      if (part.act() instanceof Act.Leave || outcome.last().equals(Outcome.CLOSED)) {
        said.put(part.who(), new ArrayList<>());
      }
      List<String> all = new ArrayList<>(said(part.who()));
      all.addAll(part.act().commands());
      said.put(part.who(), all);
      if (hasMoved(part.act(), outcome)) {
        locate(part.who());
      }
    }

    /** Whoever could not go elsewhere is where it was, whatever has become of that. */
    private boolean hasMoved(Act act, Outcome outcome) {
      boolean isRefused = outcome.replies().stream().noneMatch(reply -> reply.startsWith("2"));
      return outcome.last().equals(Outcome.CLOSED)
          || (act.isMoving() && !(act instanceof Act.Say && isRefused));
    }
  }
}
