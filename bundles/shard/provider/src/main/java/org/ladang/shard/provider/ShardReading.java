package org.ladang.shard.provider;

import java.util.Comparator;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.shard.ShardInfo;

/** How one shard does at this moment. */
final class ShardReading {
  /** By name, numbers by their value: shard-2 before shard-10. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final Shard shard;
  private final Metering meters;
  private final ClusterSettings settings;

  ShardReading(Shard shard, Metering meters, ClusterSettings settings) {
    this.shard = shard;
    this.meters = meters;
    this.settings = settings;
  }

  /**
   * @param open whether a shard that is closed is opened, to count its rows
   */
  ShardInfo info(ShardMap map, boolean open) {
    long rows = shard.knownRows();
    long bytes = shard.bytes();
    Optional<LadangException> unreadable = Optional.empty();
    if (open || shard.open() || shard.primary().damage().isPresent()) {
      try {
        rows = shard.countRows();
      } catch (LadangException e) {
        rows = -1;
        unreadable = Optional.of(e);
      }
    }
    ShardInfo.State state;
    String sentence;
    Optional<LadangException> damage = shard.primary().damage();
    if (damage.isPresent()) {
      state = unreadable.isPresent() ? ShardInfo.State.DAMAGED : ShardInfo.State.READ_ONLY;
      sentence =
          text(damage.get()) + (unreadable.isEmpty() ? " Meanwhile its replica is read." : "");
    } else if (unreadable.isPresent()) {
      state = ShardInfo.State.DEGRADED;
      sentence = text(unreadable.get());
    } else if (settings.readOnly()) {
      state = ShardInfo.State.READ_ONLY;
      sentence = "Configuration says read-only.";
    } else if (shard.readOnlyBecause().isPresent()) {
      state = ShardInfo.State.READ_ONLY;
      sentence = text(shard.readOnlyBecause().get());
    } else if (shard.replication().behind().isPresent()) {
      state = ShardInfo.State.DEGRADED;
      sentence = shard.replication().behind().get() + repair();
    } else {
      state = ShardInfo.State.OK;
      sentence = "";
    }
    return new ShardInfo(
        shard.id(),
        state,
        sentence,
        rows,
        bytes,
        map.buckets(shard.id()).size(),
        meters.reads(),
        meters.writes(),
        meters.conflicts(),
        meters.errors());
  }

  private String repair() {
    return " It is given what it misses when it is there again; shard:rebuild "
        + shard.id()
        + " makes a new one.";
  }

  private static String text(LadangException e) {
    return e.getMessage() + e.nextStep().map(n -> " " + n).orElse("");
  }
}
