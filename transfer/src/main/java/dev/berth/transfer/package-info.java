/**
 * Whole jobs on a pool: get, put, mirror, list, show, and what changes a server's files in place.
 *
 * <p>Read in this order: {@link dev.berth.transfer.Jobs} and {@link
 * dev.berth.transfer.Housekeeping} (what can be asked for), {@link dev.berth.transfer.JobEnd} and
 * {@link dev.berth.transfer.FileResult} (what came of it), and inside {@code Crew} (threads, leases
 * and tasks), {@code Download} (one file: temporary name, check, rename). Who wants interrupted
 * files to go on in a later run gives the job a {@link dev.berth.transfer.Journal}.
 *
 * <pre>{@code
 * TransferSettings settings = new TransferSettings(4, Duration.ofMinutes(5), false);
 * Jobs jobs = new Jobs(pool, settings, listener);
 * switch (jobs.mirrorDown(new RemoteLocation.FromLogin("pub"), target)) {
 *   case JobEnd.Ended(JobSummary summary) -> report(summary.files() + " files moved");
 *   case JobEnd.NoConnection end -> report(end.reason());
 *   case JobEnd.TurnedAway end -> report(end.refusal().words());
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.transfer;

import org.jspecify.annotations.NullMarked;
