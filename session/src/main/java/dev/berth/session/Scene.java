package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.net.InetAddress;

/**
 * The session in which a reply is given, at that moment.
 *
 * @param session its number; 0 at an accept, where there is none yet
 * @param client from where it came
 * @param account who is logged in; empty if nobody is
 * @param folder the working folder
 * @param type the letters of the representation type
 */
public record Scene(
    long session, InetAddress client, String account, RemotePath folder, String type) {}
