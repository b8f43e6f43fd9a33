/**
 * A server that speaks as another one, with faults on demand: for tests of FTP clients.
 *
 * <p>Read in this order: {@link dev.berth.simulator.Mask} (as whom it speaks), {@link
 * dev.berth.simulator.Fault} (what goes wrong), {@link dev.berth.simulator.SimulatorSettings},
 * {@link dev.berth.simulator.Simulator}.
 *
 * <pre>{@code
 * import dev.berth.simulator.Fault;
 * import dev.berth.simulator.Mask;
 * import dev.berth.simulator.Simulator;
 * import dev.berth.simulator.SimulatorSettings;
 * import java.io.IOException;
 *
 * class TwoOfAnAddress {
 *   public static void main(String[] arguments) throws IOException {
 *     SimulatorSettings settings =
 *         SimulatorSettings.as(Mask.named("vsftpd").orElseThrow())
 *             .with(Fault.LimitPerAddress.of(2));
 *     try (Simulator simulator = Simulator.start(settings)) {
 *       System.out.println("ready for " + simulator.user()); // at simulator.address()
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.simulator;

import org.jspecify.annotations.NullMarked;
