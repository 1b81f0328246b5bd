package org.ladang.shard;

import java.time.Duration;

/**
 * A shard at one moment.
 *
 * @param id its name, for example {@code shard-0}
 * @param state how it does
 * @param sentence why it is in that state and what to do; empty when it is {@link State#OK}
 * @param rows rows in all tables; -1 when they cannot be counted
 * @param bytes of its file; -1 when there is none
 * @param buckets how many of the 16,384 buckets are at home here
 * @param reads the reads since the start
 * @param writes the writes since the start; a batch is one
 * @param conflicts writes that found something else than they expected
 * @param errors operations that failed for other reasons than their arguments
 */
public record ShardInfo(
    String id,
    State state,
    String sentence,
    long rows,
    long bytes,
    int buckets,
    Latency reads,
    Latency writes,
    long conflicts,
    long errors) {

  /** How a shard does. */
  public enum State {
    /** Reads and writes. */
    OK,
    /** Reads and writes, but something is not as it should be. */
    DEGRADED,
    /** Reads only. */
    READ_ONLY,
    /** Neither: its data are damaged or cannot be reached. */
    DAMAGED
  }

  /**
   * How long operations took.
   *
   * @param count how many
   * @param p50 the median
   * @param p95 the 95th percentile
   * @param p99 the 99th percentile
   * @param max the longest
   */
  public record Latency(long count, Duration p50, Duration p95, Duration p99, Duration max) {}
}
