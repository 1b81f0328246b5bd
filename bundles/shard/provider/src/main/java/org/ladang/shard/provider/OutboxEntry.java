package org.ladang.shard.provider;

/**
 * A row that was written and that the replica has not yet confirmed. It names the row and does not hold it: whoever
 * follows reads what the row is by then, so that entries are small, may be repeated, and do not depend on declarations.
 *
 * @param number 1, 2, 3 ... in the order of the commits
 * @param version of the row after the write; 0 when it was deleted
 * @param at when, in milliseconds
 */
record OutboxEntry(
    long number, int bucket, String table, String owner, String id, long version, long at) {}
