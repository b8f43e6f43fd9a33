/**
 * The server and the gateway as programs: what is behind {@code berth serve}, {@code berth gateway}
 * and {@code berth user}.
 *
 * <p>Read in this order: {@link dev.berth.daemon.Daemon} runs a server from its start to its end;
 * {@link dev.berth.daemon.RunningServer} wires the modules behind it and reloads them; {@link
 * dev.berth.daemon.Loaded} is all that was read, before anything is used; {@link
 * dev.berth.daemon.ServerFile} reads {@code server.toml}, and {@link dev.berth.daemon.GatewayFile}
 * {@code gateway.toml}; {@link dev.berth.daemon.Users} changes {@code users.toml}.
 */
@NullMarked
package dev.berth.daemon;

import org.jspecify.annotations.NullMarked;
