package dev.berth.monitor;

import java.util.List;

/**
 * All metrics there are: the one place where their names stand. docs/metrics.md says the same, and
 * a test compares both. A name, its unit and its labels are a promise.
 */
enum Metric {
  START_TIME(
      Kind.GAUGE,
      "berth_gateway_start_time_seconds",
      "Since when the gateway runs, in seconds since 1970.",
      ""),
  SESSIONS(Kind.GAUGE, "berth_gateway_sessions", "Sessions of clients, logged in or not.", ""),
  SESSIONS_WAITING(
      Kind.GAUGE,
      "berth_gateway_sessions_waiting",
      "Clients that wait for a place among the sessions.",
      ""),
  TURNED_AWAY(
      Kind.COUNTER,
      "berth_gateway_turned_away_total",
      "Clients that were turned away before or at their login, for a limit.",
      ""),
  CLIENTS(
      Kind.GAUGE,
      "berth_gateway_clients",
      "Clients that are logged in, or about to be, by what they do.",
      "upstream,state"),
  LIMIT(
      Kind.GAUGE,
      "berth_upstream_limit",
      "How many connections there may be, as far as known.",
      "upstream"),
  CONNECTIONS(
      Kind.GAUGE,
      "berth_upstream_connections",
      "Connections to the server, by what becomes of them.",
      "upstream,state"),
  ELSEWHERE(
      Kind.GAUGE,
      "berth_upstream_connections_elsewhere",
      "Connections that other programs of this machine have to it.",
      "upstream"),
  WAITING(Kind.GAUGE, "berth_upstream_waiting", "How many wait for a connection.", "upstream"),
  LONGEST_WAIT(
      Kind.GAUGE,
      "berth_upstream_longest_wait_seconds",
      "How long the longest of them has been waiting; 0 if none waits.",
      "upstream"),
  PAUSED(
      Kind.GAUGE,
      "berth_upstream_paused",
      "1 while an operator has paused it, else 0.",
      "upstream"),
  LOGINS(
      Kind.COUNTER,
      "berth_upstream_logins_total",
      "Logins of clients: let in by memory, let in by the server, refused.",
      "upstream,outcome"),
  LEASES(
      Kind.COUNTER,
      "berth_upstream_leases_total",
      "How often a connection was lent to a client.",
      "upstream"),
  LEASE_WAIT(
      Kind.COUNTER,
      "berth_upstream_lease_wait_seconds_total",
      "How long clients waited for these together.",
      "upstream"),
  UNSERVED(
      Kind.COUNTER,
      "berth_upstream_unserved_total",
      "Commands that got no connection, and were answered 450 or 451.",
      "upstream"),
  REFUSALS(
      Kind.COUNTER,
      "berth_upstream_refusals_total",
      "How often the server turned a connection away.",
      "upstream"),
  BYTES(
      Kind.COUNTER,
      "berth_upstream_bytes_total",
      "Bytes of files and listings that were moved: up to the server, down to clients.",
      "upstream,direction"),
  REPLAYS(
      Kind.COUNTER,
      "berth_upstream_replays_total",
      "Commands that were said again, over another connection.",
      "upstream"),
  GAVE_WAY(
      Kind.COUNTER,
      "berth_upstream_gave_way_total",
      "Transfers that were ended because nothing moved in them and others waited.",
      "upstream");

  /** What its values are. */
  enum Kind {
    /** They only grow, until the gateway is started anew. */
    COUNTER,
    /** They go up and down. */
    GAUGE
  }

  private final Kind kind;
  private final String id;
  private final String about;
  private final String labels; // with commas between

  Metric(Kind kind, String id, String about, String labels) {
    this.kind = kind;
    this.id = id;
    this.about = about;
    this.labels = labels;
  }

  Kind kind() {
    return kind;
  }

  /** As it stands in what is scraped. */
  String id() {
    return id;
  }

  /** One sentence. */
  String about() {
    return about;
  }

  List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(","));
  }
}
