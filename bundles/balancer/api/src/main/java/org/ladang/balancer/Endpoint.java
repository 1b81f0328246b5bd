package org.ladang.balancer;

import org.ladang.kernel.LadangException;

/**
 * One of several that can serve a call.
 *
 * @param id its name, of its own within a pool
 * @param address where it is, for whoever calls it; the balancer does not read it; may be empty
 * @param zone where it stands, from the large to the small with slashes: {@code id/jakarta/rack-7}; may be empty
 * @param weight how much it takes beside the others, more than 0 and at most 1,000; 1 is usual
 */
public record Endpoint(String id, String address, String zone, double weight) {
  private static final double HEAVIEST = 1000;

  /**
   * @throws LadangException {@code LADANG-BALANCER-003} when the id is empty or the weight cannot be used
   */
  public Endpoint {
    if (id.isBlank()) {
      throw new LadangException("LADANG-BALANCER-003", "An endpoint has no name.");
    }
    if (!(weight > 0 && weight <= HEAVIEST)) {
      throw new LadangException(
              "LADANG-BALANCER-003",
              "The endpoint " + id + " has the weight " + weight + ", which cannot be used.")
          .next("Give a weight above 0 and up to 1000; drain it when it is to get nothing.");
    }
  }

  /** An endpoint of the usual weight, nowhere in particular. */
  public static Endpoint of(String id) {
    return new Endpoint(id, "", "", 1);
  }
}
