package dev.berth.client;

import dev.berth.wire.NameCoding;

/** How the names of a server are read and written. */
public sealed interface NameCharset {
  /** As the names themselves tell. */
  record Seen() implements NameCharset {}

  /** As the user says. */
  record Given(NameCoding coding) implements NameCharset {}
}
