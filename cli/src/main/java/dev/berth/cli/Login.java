package dev.berth.cli;

import dev.berth.client.Secret;

/**
 * Who logs in, and with what.
 *
 * @param user the name, in the form of {@code dev.berth.wire.Octets}
 * @param password never shown
 */
record Login(String user, Secret password) {}
