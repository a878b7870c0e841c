package io.thoughtbus.ledger;

/**
 * What an export was found to be, from its first leaf to its last.
 *
 * @param export what it is of
 * @param records how many records it holds
 * @param withheld how many of them were erased or trimmed, so that only their hashes are there
 */
public record ExportSummary(ExportRange export, long records, long withheld) {}
