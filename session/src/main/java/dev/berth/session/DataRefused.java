package dev.berth.session;

import java.io.IOException;

/** A transfer that comes to nothing, with what the client is told. */
final class DataRefused extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String event;
  private final String text;

  /**
   * A refusal.
   *
   * @param code the reply code
   * @param event one word for the log
   * @param text for the client
   */
  DataRefused(int code, String event, String text) {
    super(text);
    this.code = code;
    this.event = event;
    this.text = text;
  }

  int code() {
    return code;
  }

  /** For the client. */
  String text() {
    return text;
  }

  String event() {
    return event;
  }
}
