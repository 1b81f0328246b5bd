package org.ladang.discovery;

import java.time.Duration;
import java.util.Map;

/**
 * An endpoint as somebody brings it.
 *
 * @param instance what and where it is
 * @param check how it is asked whether it is alive
 * @param lease how long it is believed without being renewed; zero for as long as its owner or source is there
 * @param access what opens it, for example {@code user} and {@code password}; never shown
 */
public record Offer(Instance instance, Check check, Duration lease, Map<String, String> access) {
  public Offer {
    access = Map.copyOf(access);
    if (lease.isNegative()) {
      throw new org.ladang.kernel.LadangException(
          "LADANG-DISCOVERY-003", "The lease of " + instance.id() + " is over before it begins.");
    }
  }

  /** An endpoint with the usual check, without a lease. */
  public static Offer of(Instance instance) {
    return new Offer(instance, Check.USUAL, Duration.ZERO, Map.of());
  }

  /** The same with another check. */
  public Offer with(Check other) {
    return new Offer(instance, other, lease, access);
  }

  /** The same, believed for so long. */
  public Offer leased(Duration time) {
    return new Offer(instance, check, time, access);
  }

  @Override
  public String toString() {
    return "Offer[" + instance + ", " + check + ", lease=" + lease + "]";
  }
}
