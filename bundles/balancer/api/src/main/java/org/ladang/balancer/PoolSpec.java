package org.ladang.balancer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ladang.kernel.LadangException;

/**
 * A pool as somebody wants it.
 *
 * @param name lower-case letters, digits, {@code .}, {@code -} and {@code _}
 * @param algorithm the {@linkplain Balancer#NAME name} of one
 * @param endpoints whom calls may go to; may be empty
 */
public record PoolSpec(
    String name, String algorithm, PoolSettings settings, List<Endpoint> endpoints) {
  /** The algorithm of a pool where none is named. */
  public static final String USUAL_ALGORITHM = "peak-ewma";

  private static final int LONGEST_NAME = 64;

  /**
   * @throws LadangException {@code LADANG-BALANCER-003} when two endpoints have the same name, {@code
   *     LADANG-BALANCER-005} when the pool's name cannot be used
   */
  public PoolSpec {
    if (!name.matches("[a-z0-9][a-z0-9._-]*") || name.length() > LONGEST_NAME) {
      throw new LadangException("LADANG-BALANCER-005", "A pool cannot be named “" + name + "”.")
          .next("Use lower-case letters, digits, dots and dashes; at most 64.");
    }
    endpoints = List.copyOf(endpoints);
    Set<String> ids = new HashSet<>();
    for (Endpoint endpoint : endpoints) {
      if (!ids.add(endpoint.id())) {
        throw new LadangException(
            "LADANG-BALANCER-003",
            "Two endpoints of the pool " + name + " have the name " + endpoint.id() + ".");
      }
    }
  }

  /** A pool with the usual algorithm and settings. */
  public static PoolSpec of(String name, List<Endpoint> endpoints) {
    return new PoolSpec(name, USUAL_ALGORITHM, PoolSettings.USUAL, endpoints);
  }

  /** The same with another algorithm. */
  public PoolSpec with(String other) {
    return new PoolSpec(name, other, settings, endpoints);
  }
}
