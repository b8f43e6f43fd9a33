package dev.berth.cli;

/** What a job does to files, in the words in which people and machines are told. */
enum Deed {
  /** Files are moved between here and the server: get, put, mirror. */
  TRANSFER("transfer", "files", "moved"),
  /** Files are written to standard output: cat. Their content is all that stands there. */
  SHOW("show", "files", "shown"),
  /** What stands somewhere is told: stat. */
  STAT("stat", "files and folders", "found"),
  /** Files and folders are removed: rm. */
  REMOVE("remove", "files and folders", "removed"),
  /** Folders are made: mkdir. */
  MAKE("make", "folders", "made"),
  /** Files and folders get other names on the same server: mv. */
  RENAME("rename", "files and folders", "renamed");

  private final String action;
  private final String things;
  private final String done;

  Deed(String action, String things, String done) {
    this.action = action;
    this.things = things;
    this.done = done;
  }

  /** Whether what stands on standard output is all that was asked for: no summary follows it. */
  boolean isAnswer() {
    return this == SHOW || this == STAT;
  }

  /** The word for machines. */
  String action() {
    return action;
  }

  /** What it is done to, in the plural. */
  String things() {
    return things;
  }

  /** What has become of them then. */
  String done() {
    return done;
  }
}
