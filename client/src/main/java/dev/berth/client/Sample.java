package dev.berth.client;

import dev.berth.wire.RemotePath;

/**
 * A small file of the server, with its content: what it does to files is tried on it. Immutable.
 */
final class Sample {
  /** Neither long to move nor long to hash. */
  static final int MOST_BYTES = 64 * 1024;

  private final RemotePath path;
  private final byte[] content;

  Sample(RemotePath path, byte[] content) {
    this.path = path;
    this.content = content.clone();
  }

  RemotePath path() {
    return path;
  }

  byte[] content() {
    return content.clone();
  }

  int size() {
    return content.length;
  }
}
