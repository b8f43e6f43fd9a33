package dev.berth.cli;

import dev.berth.wire.RemoteLocation;

/**
 * A folder to be listed, as the command line asks for it.
 *
 * @param server the server that has it
 * @param terms on what terms
 * @param location the folder, or one file
 */
record Listing(Server server, Terms terms, RemoteLocation location) {}
