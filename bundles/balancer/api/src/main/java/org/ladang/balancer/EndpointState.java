package org.ladang.balancer;

/** Whether an endpoint gets calls, and if not, why. */
public enum EndpointState {
  /** Gets its share. */
  UP,
  /** Is new or has come back, and gets a growing share. */
  WARMING,
  /** Gets no new calls because somebody wants it so; those under way go on. */
  DRAINING,
  /** Was told to be down. */
  DOWN,
  /** Failed too often and gets nothing for a while. */
  EJECTED
}
