package org.ladang.balancer;

import org.osgi.annotation.versioning.ProviderType;

/** An endpoint as an algorithm sees it. Safe for any thread; nothing here blocks or allocates. */
@ProviderType
public interface Candidate {
  /** The endpoint. */
  Endpoint endpoint();

  /** Its weight at this moment: the endpoint's, made smaller by {@link #ramp} while it warms. More than 0. */
  double weight();

  /** How far it has warmed, from 0.1 to 1. */
  double ramp();

  /** Whether it may get calls. */
  boolean available();

  /** Calls that were given to it and have not ended. Never negative. */
  int inFlight();

  /**
   * How loaded it says it is, from 0 to 1: half of CPU, three tenths of memory, two tenths of the queue. Negative when
   * it has said nothing for the pool's time.
   */
  double load();

  /** What the algorithm remembers of this endpoint; 0 at first and after another algorithm was chosen. */
  long memory();

  /** Sets {@link #memory} if it is still {@code expected}; returns whether it was. */
  boolean memory(long expected, long update);
}
