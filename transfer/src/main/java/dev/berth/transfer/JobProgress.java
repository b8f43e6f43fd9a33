package dev.berth.transfer;

/**
 * How far a running job is.
 *
 * @param files how many there are to move; 0 while the job still lists
 * @param filesEnded how many of them have ended, well or not
 * @param bytes the files' sizes together
 * @param bytesMoved so far
 */
public record JobProgress(int files, int filesEnded, long bytes, long bytesMoved) {}
