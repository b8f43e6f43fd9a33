package dev.berth.gateway;

import dev.berth.wire.Features;
import dev.berth.wire.HashFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a gateway tells of a server's features: those that reach through it. */
final class FeatureText {
  /** Of a server that nobody has logged in to yet. */
  static final Features COMMON =
      new Features(Map.of("MDTM", "", "REST", "STREAM", "SIZE", "", "UTF8", ""));

  private static final List<String> PASSED_ON =
      List.of(
          "AVBL", "HASH", "MDTM", "MFF", "MFMT", "MLST", "REST", "SIZE", "TVFS", "UTF8", "XCRC",
          "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512");

  private FeatureText() {}

  /** As whoever has just logged in is told. */
  static List<String> of(Features upstream) {
    return of(upstream, FactSelection.usual(upstream), HashFeature.of(upstream));
  }

  /**
   * A line for each, in the order of the alphabet.
   *
   * @param facts that the client sees
   * @param hash the digest that it is told
   */
  static List<String> of(Features upstream, FactSelection facts, HashFeature hash) {
    Map<String, String> sorted = new TreeMap<>(upstream.parameters());
    List<String> lines = new ArrayList<>();
    sorted.forEach((name, parameters) -> {
      boolean isTold =
          PASSED_ON.contains(name)
              && (!name.equals(HashFeature.NAME) || hash.selected().isPresent());
      if (isTold) {
        String shown =
            switch (name) {
              case FactSelection.MLST -> facts.feature();
              case HashFeature.NAME -> hash.parameters();
              default -> parameters;
            };
        lines.add(shown.isEmpty() ? name : name + " " + shown);
      }
    });
    return lines;
  }
}
