package dev.berth.cli;

import dev.berth.client.DataSettings;
import dev.berth.client.Login;
import dev.berth.client.LoginAccount;
import dev.berth.client.NameCharset;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.transport.Source;
import dev.berth.transport.Trust;
import java.time.Duration;

/**
 * A server to connect to, with everything that was chosen for it by URL, options and settings.
 *
 * @param host a name in ASCII, or an address without brackets
 * @param port 1 to 65535
 * @param place host and port as shown to people
 * @param tlsUse whether TLS is used
 * @param trust which certificates are believed
 * @param login who logs in
 * @param source the address to connect from
 * @param ceiling how many connections the server allows, as far as the user says
 * @param timeout how long the server may say nothing; more than zero
 * @param data how data connections come about
 * @param account for a server that asks for one
 * @param virtualHost which of the hosts at this address
 * @param charset how it writes names
 * @param zone of the server's listings
 */
record Server(
    String host,
    int port,
    String place,
    TlsUse tlsUse,
    Trust trust,
    Login login,
    Source source,
    LimitChoice ceiling,
    Duration timeout,
    DataSettings data,
    LoginAccount account,
    VirtualHost virtualHost,
    NameCharset charset,
    ServerZone zone) {}
