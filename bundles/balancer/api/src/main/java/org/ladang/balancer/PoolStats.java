package org.ladang.balancer;

import java.util.List;

/**
 * How a pool does.
 *
 * @param pool its name
 * @param algorithm that picks
 * @param available endpoints that may get calls
 * @param panic whether so few are well that all are used
 * @param calls given to its present endpoints
 * @param failed of them
 * @param inFlight those that have not ended
 * @param endpoints each, in the order of their names
 */
public record PoolStats(
    String pool,
    String algorithm,
    int available,
    boolean panic,
    long calls,
    long failed,
    int inFlight,
    List<EndpointStats> endpoints) {
  public PoolStats {
    endpoints = List.copyOf(endpoints);
  }
}
