package dev.berth.cli;

import dev.berth.transfer.FileResult;
import dev.berth.transfer.JobListener;

/** Hears a job, and does nothing. */
final class FakeListener implements JobListener {
  static final JobListener DEAF = new FakeListener();

  @Override
  public void planned(int files, long bytes) {}

  @Override
  public void finished(FileResult result) {}

  @Override
  public void noted(String sentence) {}
}
