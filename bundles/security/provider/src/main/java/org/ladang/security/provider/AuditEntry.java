package org.ladang.security.provider;

import java.time.Instant;

/**
 * One thing that was done or refused, before it has its place in the chain. Texts are cut, so that a
 * line of the trail stays below 16 kB.
 *
 * @param at when it began
 * @param principal who
 * @param door where it came in; empty where there is none
 * @param trace names the call in logs; empty where there is none
 * @param action what
 * @param outcome {@code ok} or a code
 * @param millis how long it took
 * @param subject what it was done to; empty where the action says all
 * @param note more, in words; may be empty
 */
record AuditEntry(
    Instant at,
    String principal,
    String door,
    String trace,
    String action,
    String outcome,
    long millis,
    String subject,
    String note) {

  static final String OK = "ok";
  private static final int MAX_CHARS = 200;

  AuditEntry {
    principal = cut(principal);
    door = cut(door);
    trace = cut(trace);
    action = cut(action);
    outcome = cut(outcome);
    subject = cut(subject);
    note = cut(note);
  }

  /** What the room itself notes. */
  static AuditEntry internal(
      Instant at, String action, String outcome, String subject, String note) {
    return new AuditEntry(at, "system", "", "", action, outcome, 0, subject, note);
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 3) + "...";
  }
}
