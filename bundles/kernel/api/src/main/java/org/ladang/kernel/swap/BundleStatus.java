package org.ladang.kernel.swap;

import java.time.Instant;

/**
 * A bundle that the kernel runs, or tried to.
 *
 * @param entry which one
 * @param passport what it says of itself
 * @param state where it is
 * @param since since when
 * @param sentence why it is there; empty where the state says all
 * @param code the stable code of the reason; empty where there is none
 */
public record BundleStatus(
    BundleEntry entry,
    Passport passport,
    Condition state,
    Instant since,
    String sentence,
    String code) {

  /** Where a bundle is. */
  public enum Condition {
    /** Being installed or started. */
    STARTING,
    /** Serves. */
    ACTIVE,
    /** Checked, and started at its first call. */
    READY_LAZY,
    /** Started, but a component waits for a service or configuration. */
    WAITING,
    /** Stopped by an operator. */
    STOPPED,
    /** Not to be had: see the sentence. */
    REFUSED,
    /** Its activator or component never returned: only a restart gets rid of it. */
    STUCK,
    /** A plugin that failed too often: out until it is released. */
    QUARANTINED
  }
}
