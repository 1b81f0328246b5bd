package org.ladang.plugin.bots;

/** How a bot is. The constants are written as they are typed and stored. */
public enum Status {
  /** At work. */
  active,
  /** Ready, with nothing to do. */
  idle,
  /** Not to be reached. */
  offline,
  /** Out of service for good. */
  retired
}
