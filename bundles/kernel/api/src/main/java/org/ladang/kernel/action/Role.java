package org.ladang.kernel.action;

/** What a principal may do; each role includes the ones before it. */
public enum Role {
  /** May look. */
  VIEWER,
  /** May deploy, start, stop and use plugins. */
  OPERATOR,
  /** May change users, configuration and the runtime itself. */
  ADMIN;

  /** Whether this role may do what {@code needed} asks for. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
