package dev.berth.demo;

import java.time.Duration;
import java.util.List;

/**
 * What came of all jobs, one way.
 *
 * @param jobs of each job, in order
 * @param refused how many connections the server refused meanwhile
 * @param time from the first start to the last end
 */
public record Act(List<JobResult> jobs, long refused, Duration time) {
  /**
   * What came of one job.
   *
   * @param files how many files there were to fetch
   * @param arrived how many arrived whole
   * @param said what was said first of a failure; empty if nothing failed
   */
  public record JobResult(int files, int arrived, String said) {
    /** Whether all files arrived. */
    public boolean isComplete() {
      return arrived == files;
    }
  }

  public Act {
    jobs = List.copyOf(jobs);
  }

  /** Whether all jobs are complete. */
  public boolean isComplete() {
    return jobs.stream().allMatch(JobResult::isComplete);
  }

  /** How many files arrived whole. */
  public int arrived() {
    return jobs.stream().mapToInt(JobResult::arrived).sum();
  }

  /** How many files there were to fetch. */
  public int files() {
    return jobs.stream().mapToInt(JobResult::files).sum();
  }
}
