package org.ladang.config;

/** Where a value comes from; a later layer wins over an earlier one. */
public enum Layer {
  /** The default that the bundle declares. */
  DEFAULT,
  /** A file in {@code conf/}. */
  FILE,
  /** A variable of the process's environment. */
  ENVIRONMENT,
  /** Set by a person while the runtime ran; see {@link Revision}. */
  RUNTIME
}
