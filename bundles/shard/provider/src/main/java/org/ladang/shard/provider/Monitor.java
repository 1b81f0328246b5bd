package org.ladang.shard.provider;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.shard.ShardInfo;

/**
 * Every 30 seconds notes how each shard does, keeps that for a day in the catalogue, and says once when a shard fills.
 * It opens no shard that is closed.
 */
final class Monitor {
  static final Duration PERIOD = Duration.ofSeconds(30);
  static final Duration KEPT = Duration.ofDays(1);
  private static final double FULL = 90;

  /** Reads one shard without opening it. */
  interface Glance {
    /** How it does. */
    ShardInfo info(Shard shard);
  }

  private final Clock clock;
  private final Events events;
  private final ClusterSettings settings;
  private final Permits permits;
  private final Glance glance;
  private final Map<String, Boolean> full = new ConcurrentHashMap<>();

  Monitor(Clock clock, Events events, ClusterSettings settings, Permits permits, Glance glance) {
    this.clock = clock;
    this.events = events;
    this.settings = settings;
    this.permits = permits;
    this.glance = glance;
  }

  /** How many operations are in the databases of all shards. */
  int busy() {
    return permits.busy();
  }

  /** How many may be. */
  int permits() {
    return permits.all();
  }

  /** Notes how the shards do now. */
  void note(OpenCluster open) {
    Instant now = clock.now();
    Map<String, String> readings = new LinkedHashMap<>();
    for (Shard shard : open.shards()) {
      Reading reading = read(shard, now);
      readings.put(shard.id(), reading.encode());
      warn(reading);
    }
    try {
      open.catalogue().history(now.toEpochMilli(), readings, now.minus(KEPT).toEpochMilli());
    } catch (SQLException e) {
      throw H2Failures.running(e, true);
    }
  }

  Reading read(Shard shard, Instant now) {
    ShardInfo info = glance.info(shard);
    double percent =
        Math.round(1_000.0 * Math.max(0, info.bytes()) / settings.capacityBytes()) / 10.0;
    return new Reading(
        now,
        shard.id(),
        info.state(),
        info.rows(),
        info.bytes(),
        percent,
        info.reads().p50(),
        info.reads().p99(),
        info.writes().p50(),
        info.writes().p99(),
        info.errors(),
        permits.busy(),
        shard.lag(),
        shard.waiting());
  }

  private void warn(Reading reading) {
    boolean isFull = reading.percent() >= FULL;
    if (isFull && full.put(reading.shard(), true) == null) {
      events.warning(
          "shard.full",
          reading.shard(),
          "The shard " + reading.shard() + " uses " + reading.percent() + " % of its capacity.");
    } else if (!isFull) {
      full.remove(reading.shard());
    }
  }

  /** The newest readings of a shard, newest first. */
  static List<Reading> history(OpenCluster open, String shard, int limit) {
    if (limit < 1 || limit > 10_000) {
      throw Refusals.badLimit("The limit " + limit + " is not good: it takes 1 to 10,000.");
    }
    try {
      return open.catalogue().history(open.shard(shard).id(), limit).entrySet().stream()
          .map(e -> Reading.decode(e.getKey(), shard, e.getValue()))
          .toList();
    } catch (SQLException e) {
      throw H2Failures.running(e, false);
    }
  }
}
