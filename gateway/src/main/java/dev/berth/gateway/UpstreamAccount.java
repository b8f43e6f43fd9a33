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
 * @param loginFolder where the server puts it, as it wrote that
 * @param features what the server says that it can do
 * @param system the server's reply to SYST, by which clients choose how to read listings
 */
record UpstreamAccount(
    Upstream upstream,
    String user,
    Secret password,
    ConnectionPool pool,
    String loginFolder,
    Features features,
    Reply system) {}
