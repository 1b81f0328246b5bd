package org.ladang.kernel.action;

import java.time.Duration;
import java.util.Map;

/**
 * What is known of an action without loading a class of its bundle.
 *
 * @param owner the first word: a plugin's name or a subsystem's action group
 * @param name the second word
 * @param description what it does, as a sentence
 * @param role the lowest role that may call it
 * @param effect what it does to the world
 * @param idempotent whether calling it twice does no more than once
 * @param timeout how long a call may take at the most
 * @param category groups actions in help and console
 * @param arguments JSON schema of the arguments: an object with one property per argument, in the method's order
 * @param result JSON schema of the result
 * @param provider the symbolic name of the bundle that provides it
 */
public record ActionInfo(
    String owner,
    String name,
    String description,
    Role role,
    Effect effect,
    boolean idempotent,
    Duration timeout,
    String category,
    Map<String, Object> arguments,
    Map<String, Object> result,
    String provider) {

  /** Owner and name as the gate and the shell know the action: {@code bots:create_bot}. */
  public String id() {
    return owner + ":" + name;
  }
}
