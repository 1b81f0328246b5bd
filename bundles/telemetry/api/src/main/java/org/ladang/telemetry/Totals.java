package org.ladang.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much is recorded.
 *
 * @param series how many series there are
 * @param bytes the most that the files take; they are sparse, so that it may be less
 * @param overflow values dropped since the start because their owner had too many series
 * @param unwritten rows lost since the start because the disk refused them
 * @param lastSample when the last row was written
 * @param owners by owner, the one with the most series first
 */
public record Totals(
    int series,
    long bytes,
    long overflow,
    long unwritten,
    Optional<Instant> lastSample,
    List<Owner> owners) {
  public Totals {
    owners = List.copyOf(owners);
  }

  /**
   * How much is recorded of one owner.
   *
   * @param owner a plugin, a room, {@code jvm}, {@code disk} or {@code gate}
   * @param series how many series it has
   * @param bytes the most that its files take
   * @param overflow values dropped since the start because it had too many series
   */
  public record Owner(String owner, int series, long bytes, long overflow) {}
}
