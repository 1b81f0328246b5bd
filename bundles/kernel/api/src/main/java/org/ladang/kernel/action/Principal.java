package org.ladang.kernel.action;

/**
 * Who calls.
 *
 * @param name the user's or token's name; {@code system} for the runtime itself
 * @param role what the caller may do
 */
public record Principal(String name, Role role) {
  /** The runtime itself. */
  public static final Principal SYSTEM = new Principal("system", Role.ADMIN);
}
