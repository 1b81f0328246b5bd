package org.ladang.kernel.swap;

import java.util.Map;

/** How a swap ended. */
public sealed interface SwapOutcome {
  /** How it stands now. */
  BundleStatus status();

  /**
   * The bundle serves, or is ready to at its first call, or is stopped as intended.
   *
   * @param objection what it says itself, by its {@code afterUpgrade}, against its serving; empty where nothing
   */
  record Live(BundleStatus status, String objection) implements SwapOutcome {
    /** Nothing speaks against it. */
    public Live(BundleStatus status) {
      this(status, "");
    }
  }

  /** The bundle is started and will serve when what its sentence names has come. */
  record Waiting(BundleStatus status) implements SwapOutcome {}

  /**
   * The bundle was not taken; what ran before still runs.
   *
   * @param status of what runs now: the former version, or the refused one where there was none
   * @param code the stable code of the reason
   * @param sentence why
   * @param next what to do; may be empty
   * @param details for programs
   */
  record Refused(
      BundleStatus status, String code, String sentence, String next, Map<String, Object> details)
      implements SwapOutcome {}
}
