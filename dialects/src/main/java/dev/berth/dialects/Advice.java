package dev.berth.dialects;

import dev.berth.dialects.Refusal.Limit;
import dev.berth.dialects.Refusal.Scope;

/**
 * What to do about a refusal.
 *
 * @param scope the word for its cause in tables and in JSON, such as {@code per-ip}
 * @param retry whether trying again can help
 * @param sentence what it means and what the user can do, in plain words
 */
public record Advice(String scope, Retry retry, String sentence) {

  /** Whether trying again can help. */
  public enum Retry {
    /** At once, on a new connection. */
    YES,
    /** After a pause, with fewer connections. */
    LATER,
    /** Not until somebody changes something. */
    NO
  }

  /** The scope word of a reply that refuses nothing. */
  public static final String NOTHING_REFUSED = "none";

  /** Returns what to do about this refusal. */
  public static Advice of(Refusal refusal) {
    return switch (refusal) {
      case Limit limit -> ofLimit(limit.scope());
      case Refusal.Overload overload ->
          new Advice(
              "overload",
              Retry.LATER,
              "The server has too much to do at the moment; wait, then try again with fewer"
                  + " connections.");
      case Refusal.Silent silent ->
          new Advice(
              "overload",
              Retry.LATER,
              "The server closed without a word, as it does when it is full or has banned this"
                  + " address; wait some minutes before one more try.");
      case Refusal.LoginFailure failure ->
          new Advice(
              "login-failures",
              Retry.NO,
              "The user name or the password was not accepted; check both before the next try, for"
                  + " more tries may lock the account.");
      case Refusal.Denied denied ->
          new Advice(
              "host-denied/banned",
              Retry.NO,
              "The server does not want this address, this account or this kind of login; ask"
                  + " whoever runs it.");
      case Refusal.IdleTimeout idle ->
          new Advice(
              "idle-timeout",
              Retry.YES,
              "The server waited too long for a command or for data and hung up; connect again and"
                  + " keep the connection busy.");
      case Refusal.TlsRequired tls ->
          new Advice(
              "tls-required",
              Retry.NO,
              "The server and we do not agree about encryption; change the TLS setting.");
      case Refusal.ShuttingDown down ->
          new Advice(
              "shutting-down", Retry.LATER, "The server is going down; try again when it is back.");
      case Refusal.Quota quota ->
          new Advice(
              "quota",
              Retry.NO,
              "The disk or the account's share of it is full; remove something or ask for more"
                  + " room.");
      case Refusal.DataLimit data ->
          new Advice(
              "data-limit",
              Retry.LATER,
              "This session has used up its share of files, bytes or time; the server lets us in"
                  + " again later.");
      case Refusal.Unavailable unavailable ->
          new Advice(
              "other-service-unavailable",
              Retry.LATER,
              "Something failed inside the server; try again later and, if it stays, ask whoever"
                  + " runs it.");
      case Refusal.Unclear unclear ->
          new Advice(
              "unclear",
              Retry.NO,
              "Nobody can tell from these words what is wrong; check user name and password and ask"
                  + " whoever runs the server.");
    };
  }

  private static Advice ofLimit(Scope scope) {
    return switch (scope) {
      case ADDRESS ->
          new Advice(
              "per-ip",
              Retry.LATER,
              "Your address has as many connections as the server allows; close other programs that"
                  + " use it, or wait until their connections end.");
      case ACCOUNT ->
          new Advice(
              "per-user",
              Retry.LATER,
              "This account has as many connections as the server allows; close others that use it,"
                  + " or wait until their connections end.");
      case SERVER ->
          new Advice(
              "server-wide",
              Retry.LATER,
              "The server has as many connections as it allows in all; wait until others leave.");
    };
  }
}
