package org.ladang.breaker;

import java.util.Map;

/**
 * What a policy answers when nothing else can.
 *
 * @param kind which of the three ways
 * @param value the answer, JSON-shaped; counts for {@link Kind#VALUE}
 * @param action the action that answers, called without arguments; counts for {@link Kind#ACTION}
 */
public record Degradation(Kind kind, Object value, String action) {
  /** No degraded answer: the failure is the answer. */
  public static final Degradation NONE = new Degradation(Kind.NONE, Map.of(), "");

  /** What is asked for: the simplified form that the caller brings with its request. */
  public static final Degradation SIMPLIFIED = new Degradation(Kind.SIMPLIFIED, Map.of(), "");

  /** The ways to answer less. */
  public enum Kind {
    /** Not at all. */
    NONE,
    /** A value that was set beforehand. */
    VALUE,
    /** What another action answers. */
    ACTION,
    /** The simplified form that the caller brings, for example a page without buttons. */
    SIMPLIFIED
  }

  public Degradation {
    Rules.check(
        kind != Kind.ACTION || action.matches("[a-z][a-z0-9_-]*:[a-z][a-z0-9_]*"),
        "degraded action",
        "be the id of an action, for example board:plain",
        action);
  }

  /** That value. */
  public static Degradation value(Object json) {
    return new Degradation(Kind.VALUE, json, "");
  }

  /** What that action answers. */
  public static Degradation action(String id) {
    return new Degradation(Kind.ACTION, Map.of(), id);
  }
}
