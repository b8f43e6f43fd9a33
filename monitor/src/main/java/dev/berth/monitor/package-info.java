/**
 * What a gateway does, for operators and their programs, over a loopback port.
 *
 * <p>Read in this order: {@link dev.berth.monitor.Monitor} (the port), {@link
 * dev.berth.monitor.Watched} (what is behind it), {@code Desk} (who may ask for what), {@link
 * dev.berth.monitor.Pages} (the JSON), {@code Metric} (the names of all metrics), {@link
 * dev.berth.monitor.RunningGateway} (how a gateway is found, and asked).
 */
@NullMarked
package dev.berth.monitor;

import org.jspecify.annotations.NullMarked;
