package dev.berth.sightings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of whom a line speaks, as far as it says so. Immutable. */
public final class Caller {
  private static final Caller NOBODY = new Caller(null, null);

  private final @Nullable String address;
  private final @Nullable String session;

  private Caller(@Nullable String address, @Nullable String session) {
    this.address = address;
    this.session = session;
  }

  /**
   * A session of an address.
   *
   * @param address an IP address, or a host name where a server writes those
   * @param session what tells this session from others of the same file at the same time: a number
   *     of a process or of a session, or both ends of a connection
   */
  public static Caller of(String address, String session) {
    return new Caller(address, session);
  }

  /** An address; which of its sessions is not said. */
  public static Caller at(String address) {
    return new Caller(address, null);
  }

  /** A session; whose it is was said before, or never. */
  public static Caller session(String session) {
    return new Caller(null, session);
  }

  /** Nobody in particular: the server itself, or somebody who is not named. */
  public static Caller nobody() {
    return NOBODY;
  }

  /** The address, if the line has it. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }

  /** The session, if the line has it. */
  public Optional<String> session() {
    return Optional.ofNullable(session);
  }

  @Override
  public String toString() {
    return address().orElse("?") + session().map(label -> " [" + label + "]").orElse("");
  }
}
