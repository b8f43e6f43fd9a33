package dev.berth.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulator is to be.
 *
 * @param mask as whom it speaks
 * @param listen where; port 0 takes a free one
 * @param root the files
 * @param user the name of its one user
 * @param password of that user; shown nowhere
 * @param faults of each kind one at the most
 */
public record SimulatorSettings(
    Mask mask,
    InetSocketAddress listen,
    Root root,
    String user,
    Secret password,
    List<Fault> faults) {
  /** Where the files are. */
  public sealed interface Root {
    /** In a new folder, deleted at the end. */
    record Fresh() implements Root {}

    /** In a folder that is there, and stays. */
    record Given(Path folder) implements Root {}
  }

  /** A password. */
  public record Secret(String text) {
    @Override
    public String toString() {
      return "***";
    }
  }

  public SimulatorSettings {
    faults = List.copyOf(faults);
    if (faults.stream().map(Object::getClass).distinct().count() < faults.size()) {
      throw new IllegalArgumentException("two faults of one kind: " + faults);
    }
    if (user.isEmpty()) {
      throw new IllegalArgumentException("a user without a name");
    }
  }

  /**
   * On a free port of the loopback address, with files of its own, for {@code test} with {@code
   * secret}.
   */
  public static SimulatorSettings as(Mask mask) {
    return new SimulatorSettings(
        mask,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new Root.Fresh(),
        "test",
        new Secret("secret"),
        List.of());
  }

  /** These with one more fault. */
  public SimulatorSettings with(Fault fault) {
    List<Fault> more = new ArrayList<>(faults);
    more.add(fault);
    return new SimulatorSettings(mask, listen, root, user, password, more);
  }

  /** These with this folder served. */
  public SimulatorSettings root(Path folder) {
    return new SimulatorSettings(mask, listen, new Root.Given(folder), user, password, faults);
  }

  /** These for another user. */
  public SimulatorSettings user(String name, Secret secret) {
    return new SimulatorSettings(mask, listen, root, name, secret, faults);
  }

  /** These, listening elsewhere. */
  public SimulatorSettings listen(InetSocketAddress address) {
    return new SimulatorSettings(mask, address, root, user, password, faults);
  }
}
