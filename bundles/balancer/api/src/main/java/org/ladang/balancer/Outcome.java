package org.ladang.balancer;

/** How a call to an endpoint ended. */
public enum Outcome {
  /** It was answered. */
  OK,
  /** The endpoint failed, or could not be reached. */
  FAILED,
  /** There was no answer in time; counts as a failure. */
  LATE,
  /** The caller gave up for reasons of its own; says nothing about the endpoint. */
  CANCELLED
}
