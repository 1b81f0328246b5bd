package org.ladang.discovery;

import java.util.List;

/**
 * A route that is used.
 *
 * @param key names it
 * @param algorithm within its groups
 * @param serving the number of the group that gets the calls, from 0; as many as there are when nobody is alive
 * @param groups in their order
 */
public record RouteInfo(String key, String algorithm, int serving, List<Group> groups) {
  public RouteInfo {
    groups = List.copyOf(groups);
  }

  /**
   * A group of a route.
   *
   * @param pool of the balancer; {@code balancer:stats} says more of it
   * @param alive endpoints that may be called
   */
  public record Group(String pool, int endpoints, int alive) {}
}
