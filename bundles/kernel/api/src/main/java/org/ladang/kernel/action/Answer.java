package org.ladang.kernel.action;

/**
 * What a call of an action answers, and who answered.
 *
 * @param value JSON-shaped; null where the action returns nothing
 * @param servedBy empty when the action itself answered, else what stood in for it: another action or {@code degraded}
 * @param reason why something else answered, as a sentence; empty otherwise
 */
public record Answer(Object value, String servedBy, String reason) {
  /** What the action itself answered. */
  public static Answer own(Object value) {
    return new Answer(value, "", "");
  }
}
