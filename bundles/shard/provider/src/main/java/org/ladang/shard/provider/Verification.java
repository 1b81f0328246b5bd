package org.ladang.shard.provider;

import java.util.List;

/**
 * What a comparison of a shard's copies, and of its rows with the map, has found.
 *
 * @param rows on the primary
 * @param checksum over all rows of the primary, in their order
 * @param different rows that are not the same on both copies
 * @param misplaced rows or buckets that the map has elsewhere
 * @param againstPrimary what only damage of the primary explains: rows that are not as they were written, that are older
 *     than the replica's, or that the replica has as they were written and it has not
 * @param againstReplica the same of the replica
 * @param problems what is wrong, as sentences; the first of many
 */
record Verification(
    String shard,
    long rows,
    String checksum,
    long different,
    long misplaced,
    long againstPrimary,
    long againstReplica,
    List<String> problems) {

  boolean clean() {
    return problems.isEmpty();
  }
}
