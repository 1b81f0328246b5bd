package org.ladang.breaker;

/** How the number of calls at a time is found. */
public enum Adaptive {
  /** It is what the settings say. */
  OFF,
  /**
   * Additive increase, multiplicative decrease: one more while all is well, a tenth less after a failure or a late answer
   * (Chiu and Jain 1989; the constants are those of Netflix' concurrency-limits).
   */
  AIMD,
  /**
   * By the gradient between the usual and the present response time, with room for a short queue (Gradient2 of Netflix'
   * concurrency-limits).
   */
  GRADIENT
}
