package dev.berth.interop;

import dev.berth.interop.OurServer.Reuse;
import dev.berth.testkit.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a guest is a guest of: on this host, with a home whose files the suite sees. */
interface Host {
  /** The port on 127.0.0.1. */
  int port(Reuse reuse) throws IOException;

  /** The port on ::1. */
  int port6() throws IOException;

  /** By which a guest logs in. */
  String account(Guest guest);

  /** What the log calls that account. */
  String accountInLog(Guest guest);

  /** What our own side logs of sessions, if it is on the way at all. */
  Optional<SessionLog> log();

  /** Makes what was put into the home the account's own. */
  void give() throws IOException;

  /** Our own server, where each guest has an account of its own. */
  record Ours(OurServer server) implements Host {
    @Override
    public int port(Reuse reuse) throws IOException {
      return server.port(reuse);
    }

    @Override
    public int port6() throws IOException {
      return server.port6();
    }

    @Override
    public String account(Guest guest) {
      return Stay.account(guest.name());
    }

    @Override
    public String accountInLog(Guest guest) {
      return account(guest);
    }

    @Override
    public Optional<SessionLog> log() {
      return Optional.of(server.log());
    }

    @Override
    public void give() {}
  }

  /** A server of others, in the end. */
  interface Foreign extends Host {
    Peer peer();

    /** The home of its one account. */
    default Path root() {
      return peer().root();
    }

    @Override
    default String account(Guest guest) {
      return Server.USER;
    }

    @Override
    default void give() throws IOException {
      peer().own();
    }
  }

  /** A server of others. */
  record Theirs(Peer peer) implements Foreign {
    @Override
    public int port(Reuse reuse) {
      return peer.port();
    }

    @Override
    public int port6() throws IOException {
      throw new IOException(peer + " is on 127.0.0.1 alone");
    }

    @Override
    public String accountInLog(Guest guest) {
      return Server.USER;
    }

    @Override
    public Optional<SessionLog> log() {
      return Optional.empty();
    }
  }

  /** The same through our gateway. */
  record Gated(Peer peer, OurGateway gateway) implements Foreign {
    @Override
    public int port(Reuse reuse) throws IOException {
      return gateway.front().port(reuse);
    }

    @Override
    public int port6() throws IOException {
      return gateway.front().port6();
    }

    @Override
    public String accountInLog(Guest guest) {
      return Server.USER + "@acme";
    }

    @Override
    public Optional<SessionLog> log() {
      return Optional.of(gateway.front().log());
    }
  }
}
