package dev.berth.transfer;

/**
 * What all files of one job have in common.
 *
 * @param ledger counts and tells
 * @param room knows whether the disk is full
 * @param journal remembers for later runs
 * @param verification compares what arrived
 * @param leftovers knows what earlier runs left on the server
 * @param settings how the job works
 */
record Means(
    Ledger ledger,
    Room room,
    Journal journal,
    Verification verification,
    Leftovers leftovers,
    TransferSettings settings) {
  static Means of(TransferSettings settings, Ledger ledger, Journal journal) {
    return new Means(
        ledger,
        new Room(),
        journal,
        new Verification(settings.verify(), ledger),
        new Leftovers(journal),
        settings);
  }
}
