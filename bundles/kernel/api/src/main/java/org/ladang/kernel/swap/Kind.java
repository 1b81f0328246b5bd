package org.ladang.kernel.swap;

/** What a bundle is to Ladang. */
public enum Kind {
  /** Carries a {@code ladang.plugin} capability. */
  PLUGIN,
  /** The provider of a room: carries a {@code ladang.subsystem} capability. */
  SUBSYSTEM,
  /** Any other bundle: run, but left alone. */
  PLAIN
}
