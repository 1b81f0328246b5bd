package org.ladang.balancer;

import java.util.List;

/**
 * An algorithm that is there.
 *
 * @param name what pools are set to
 * @param title what it does
 * @param pools those that use it
 */
public record Algorithm(String name, String title, List<String> pools) {
  public Algorithm {
    pools = List.copyOf(pools);
  }
}
