package dev.berth.cli;

import dev.berth.pool.ProbeSettings;
import dev.berth.wire.RemoteLocation;

/**
 * What {@code berth probe} is to find out.
 *
 * @param place a folder to list and to find a small file in, or such a file
 */
record Probe(Server server, Terms terms, RemoteLocation place, ProbeSettings settings) {}
