package dev.berth.admission;

/**
 * One count.
 *
 * @param name whose: a prefix, an account, {@code ACCOUNT from PREFIX}, a listener; empty for the
 *     server. A prefix has no space in it, so no two are written alike
 */
record Key(Count what, LimitScope scope, String name) {
  boolean isOfLogin() {
    return what == Count.CONNECTIONS
        && (scope == LimitScope.ACCOUNT || scope == LimitScope.PREFIX_AND_ACCOUNT);
  }

  /** The server's sockets are held until they are closed, also by those who were told to leave. */
  boolean countsTheLeaving() {
    return scope == LimitScope.LISTENER || scope == LimitScope.SERVER;
  }
}
