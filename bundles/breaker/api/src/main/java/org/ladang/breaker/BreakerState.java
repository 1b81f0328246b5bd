package org.ladang.breaker;

/** What a breaker does with calls. */
public enum BreakerState {
  /** Lets them pass and counts. */
  CLOSED,
  /** Refuses them until its wait is over. */
  OPEN,
  /** Lets a few pass on trial and refuses the others. */
  HALF_OPEN,
  /** Refuses them until an operator says otherwise. */
  FORCED_OPEN,
  /** Lets them pass and counts nothing, until an operator says otherwise. */
  DISABLED
}
