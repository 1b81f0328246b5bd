package org.ladang.shard.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Meters;
import org.ladang.shard.Table;
import org.ladang.shard.WriteOutcome;

/** One operation in one shard: timed, and with one of the permits that all shards share. */
final class ShardCalls {
  private final Meters meters;
  private final Clock clock;
  private final Permits permits;
  private final Map<String, Metering> ofShards = new ConcurrentHashMap<>();

  ShardCalls(Meters meters, Clock clock, Permits permits) {
    this.meters = meters;
    this.clock = clock;
    this.permits = permits;
  }

  /** How one shard does. */
  Metering of(Shard shard) {
    return ofShards.computeIfAbsent(shard.id(), id -> new Metering(meters, clock, "." + id));
  }

  <T> T read(Shard shard, Shard.Operation<T> operation, Supplier<T> none) {
    return of(shard).read(() -> permits.with(() -> shard.read(operation, none)));
  }

  List<WriteOutcome> write(
      Shard shard, ShardMap map, Function<Map<String, Table>, List<Change>> changes) {
    Shard.Written written = of(shard).write(() -> permits.with(() -> shard.write(map, changes)));
    of(shard).conflicts(written.outcomes());
    return written.warnings().isEmpty()
        ? written.outcomes()
        : written.outcomes().stream().map(o -> Changes.warned(o, written.warnings())).toList();
  }
}
