package org.ladang.discovery;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint and how it is.
 *
 * @param id its name
 * @param state whether it gets calls
 * @param since when
 * @param why it is in this state, as a sentence; empty where there is nothing to say
 * @param address where it is, without passwords
 * @param source who brought it: {@code service}, {@code configuration}, {@code registered}, {@code kept}, {@code source}
 * @param checkMillis how long the last check took; empty when there was none
 * @param flaps how often it went down lately; fades within minutes
 * @param leaseSeconds until it goes unless it is renewed
 */
public record EndpointInfo(
    String id,
    Health state,
    Instant since,
    String why,
    String address,
    String version,
    String zone,
    double weight,
    Set<String> tags,
    String owner,
    String source,
    Optional<Double> checkMillis,
    double flaps,
    Optional<Long> leaseSeconds) {
  /** Whether an endpoint gets calls, and if not, why. */
  public enum Health {
    /** Gets calls. */
    UP,
    /** Does not answer, or says that it is not well. */
    DOWN,
    /** Answers again, but went down so often lately that it is not believed yet. */
    FLAPPING,
    /** Gets no new calls because somebody wants it so. */
    DRAINING
  }
}
