package dev.berth.cli;

import dev.berth.transfer.JobSummary;
import java.time.Duration;

/**
 * What came of a whole job, for people and for machines.
 *
 * @param ending how it ended
 * @param summary what was moved until then
 * @param refusals how often the server turned us away
 * @param waited how long nothing moved because no connection was to be had
 * @param allowance how many connections the server allows, as far as known now
 */
record JobReport(
    Ending ending, JobSummary summary, int refusals, Duration waited, Allowance allowance) {}
