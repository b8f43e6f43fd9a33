package dev.berth.gateway;

import dev.berth.client.Secret;
import dev.berth.pool.ConnectionPool;
import dev.berth.wire.Features;
import dev.berth.wire.Reply;

/**
 * One login to one server behind, that has worked, and what the server showed it.
 *
 * @param upstream the server
 * @param user as the server knows it
 * @param password that it has taken
 * @param pool its connections
 * @param loginFolder where the server puts it
 * @param features what the server says that it can do
 * @param system the server's reply to SYST, by which clients choose how to read listings
 */
record UpstreamAccount(
    Upstream upstream,
    String user,
    Secret password,
    ConnectionPool pool,
    LoginFolder loginFolder,
    Features features,
    Reply system) {
  /** Where a server puts who has logged in. */
  sealed interface LoginFolder {
    /**
     * There.
     *
     * @param name as the server wrote it
     */
    record Told(String name) implements LoginFolder {}

    /** It does not tell: it has no PWD, and nobody can be brought back to a folder. */
    record Untold() implements LoginFolder {}
  }
}
