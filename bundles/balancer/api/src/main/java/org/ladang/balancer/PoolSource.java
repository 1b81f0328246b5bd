package org.ladang.balancer;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever has pools publishes this service. It is asked when it arrives and whenever the balancer room was replaced, so
 * that no pool is lost; its pools go when it goes. What changes in between is told by {@link Balancers#set}.
 */
@ConsumerType
public interface PoolSource {
  /** All pools as they are wanted now. */
  List<PoolSpec> pools();
}
