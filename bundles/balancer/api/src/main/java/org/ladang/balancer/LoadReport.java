package org.ladang.balancer;

/**
 * What an endpoint says of its own load, each from 0 (nothing to do) to 1 (can take no more). Values outside are taken
 * as the nearer end, what is not a number as 1.
 *
 * @param cpu of the processors it may use
 * @param memory of the memory it may use
 * @param queue of the places for waiting work
 */
public record LoadReport(double cpu, double memory, double queue) {
  public LoadReport {
    cpu = bounded(cpu);
    memory = bounded(memory);
    queue = bounded(queue);
  }

  private static double bounded(double value) {
    return Double.isNaN(value) ? 1 : Math.max(0, Math.min(1, value));
  }
}
