package org.ladang.shard.provider;

import java.util.List;

/**
 * What a comparison of a shard's copies, and of its rows with the map, has found.
 *
 * @param rows on the primary
 * @param checksum over all rows of the primary, in their order
 * @param different rows that are not the same on both copies
 * @param misplaced rows or buckets that the map has elsewhere
 * @param problems what is wrong, as sentences; the first of many
 */
record Verification(
    String shard,
    long rows,
    String checksum,
    long different,
    long misplaced,
    List<String> problems) {

  boolean clean() {
    return problems.isEmpty();
  }
}
