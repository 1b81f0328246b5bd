package org.ladang.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a series was, over time.
 *
 * @param name the series
 * @param unit of the values
 * @param step how far two neighbouring points are apart when nothing is missing
 * @param points in the order of time
 */
public record History(String name, String unit, Duration step, List<Point> points) {
  public History {
    points = List.copyOf(points);
  }

  /**
   * A value.
   *
   * @param at the beginning of the time that it stands for
   * @param value finite
   */
  public record Point(Instant at, double value) {}
}
