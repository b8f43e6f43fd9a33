package dev.berth.interop;

import dev.berth.interop.Step.Who;
import java.util.List;

/**
 * One act of a duet, and what came of it, directly and through the gateway.
 *
 * @param server which server
 * @param isAstray whether the folder that the client is in was removed, moved, replaced or shut
 * @param said the client's command lines since it logged in
 */
record Moment(
    String server,
    Who who,
    Act act,
    boolean isAstray,
    List<String> said,
    Outcome direct,
    Outcome gated) {
  Moment {
    said = List.copyOf(said);
  }

  /** What the gateway says of a wait, for the other client, is left out. */
  Moment withoutWait() {
    return new Moment(server, who, act, isAstray, said, direct, gated.withoutWait());
  }

  @Override
  public String toString() {
    return who + ": " + act + "\n    direct:  " + direct + "\n    gateway: " + gated;
  }
}
