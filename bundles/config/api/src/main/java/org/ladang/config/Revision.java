package org.ladang.config;

import java.time.Instant;
import java.util.List;

/**
 * One change of the run-time layer.
 *
 * @param number 1 for the first change of the runtime, growing by one over all PIDs
 * @param at when
 * @param author who
 * @param reason why; may be empty
 * @param changes what changed
 */
public record Revision(
    long number, Instant at, String author, String reason, List<Difference> changes) {

  public Revision {
    changes = List.copyOf(changes);
  }
}
