package org.ladang.shard.provider;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.ShardInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says how the shards do: damage is critical, anything else that is not as it should be a warning. */
@Component(
    service = HealthCheck.class,
    property = {HealthCheck.NAME + "=Shards", HealthCheck.TAGS + "=shard"})
public final class ShardHealthCheck implements HealthCheck {
  private final ShardCluster cluster;

  /** A check of this cluster. */
  @Activate
  public ShardHealthCheck(@Reference ShardCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    // A look that opens nothing: a check must not wake shards that sleep.
    List<ShardInfo> shards =
        cluster instanceof ShardedCluster sharded ? sharded.glance() : cluster.shards();
    if (shards.isEmpty()) {
      log.info("No data were asked for yet.");
    }
    for (ShardInfo shard : shards) {
      switch (shard.state()) {
        case OK -> log.info("{} is well.", shard.id());
        case READ_ONLY, DEGRADED -> log.warn("{}: {}", shard.id(), shard.sentence());
        case DAMAGED -> log.critical("{}: {}", shard.id(), shard.sentence());
      }
    }
    return new Result(log);
  }
}
