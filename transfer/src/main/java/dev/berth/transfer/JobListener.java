package dev.berth.transfer;

/** Hears what a job does, from any of its threads, one call at a time. Must be quick. */
public interface JobListener {
  /**
   * The job knows what there is to do.
   *
   * @param files how many files will be moved
   * @param bytes their sizes together, as far as they are known
   */
  void planned(int files, long bytes);

  /** One file has ended. */
  void finished(FileResult result);

  /**
   * Something a person may want to know: a limit was found, the job waits, a link was passed over.
   *
   * @param sentence one line of plain words
   */
  void noted(String sentence);

  /** Hears nothing; what failed is counted in the summary all the same. */
  static JobListener none() {
    return new JobListener() {
      @Override
      public void planned(int files, long bytes) {}

      @Override
      public void finished(FileResult result) {}

      @Override
      public void noted(String sentence) {}
    };
  }
}
