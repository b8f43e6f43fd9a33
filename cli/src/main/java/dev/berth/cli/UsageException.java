package dev.berth.cli;

/** The user asked for something that cannot be done as written: exit status 2. */
final class UsageException extends RuntimeException {
  /**
   * @param message what is wrong and what to write instead; without secrets
   */
  UsageException(String message) {
    super(message);
  }
}
