package org.ladang.shard.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.PoolSpec;
import org.ladang.kernel.LadangException;

/**
 * Leaves it to the room balancer which copy is read: the two copies of a shard are the endpoints of a pool, and operators
 * choose its algorithm as that of any other. Where that room is not there or cannot tell, the primary is read: data do not
 * depend on it.
 */
final class BalancedCopies implements CopyChoice {
  private static final String PREFIX = "copies.";
  private static final String PRIMARY_ID = "primary";
  private static final String NO_POOL = "LADANG-BALANCER-001";

  private final Map<String, String> pools = new ConcurrentHashMap<>();
  private volatile Balancers balancers;

  /** The room came; null when it went. */
  void use(Balancers room) {
    balancers = room;
  }

  @Override
  public boolean replica(String shard) {
    Balancers room = balancers;
    if (room == null) {
      return false;
    }
    String pool = pools.computeIfAbsent(shard, PREFIX::concat);
    try {
      return picked(room, pool);
    } catch (LadangException e) {
      return e.code().equals(NO_POOL) && madeAndPicked(room, pool);
    }
  }

  /** The pool is made at its first read, and again after the room was replaced. */
  private static boolean madeAndPicked(Balancers room, String pool) {
    try {
      room.set(PoolSpec.of(pool, List.of(endpoint(PRIMARY_ID), endpoint(Shard.REPLICA))));
      return picked(room, pool);
    } catch (LadangException e) {
      return false;
    }
  }

  private static boolean picked(Balancers room, String pool) {
    return room.pick(pool, Ask.ANY).id().equals(Shard.REPLICA);
  }

  private static Endpoint endpoint(String copy) {
    return new Endpoint(copy, "", "", 1);
  }

  @Override
  public void done(String shard, boolean replica, boolean good, long nanos) {
    Balancers room = balancers;
    String pool = pools.get(shard);
    if (room == null || pool == null) {
      return;
    }
    try {
      room.done(
          pool, replica ? Shard.REPLICA : PRIMARY_ID, good ? Outcome.OK : Outcome.FAILED, nanos);
    } catch (LadangException e) {
      // It was replaced meanwhile, and counts anew.
      return;
    }
  }

  /** The pools go with the cluster. */
  void close() {
    Balancers room = balancers;
    if (room != null) {
      try {
        pools.values().forEach(room::remove);
      } catch (LadangException e) {
        return; // It is gone, and the pools with it.
      }
    }
  }
}
