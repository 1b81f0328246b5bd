package org.ladang.deploy;

import java.time.Instant;
import java.util.List;

/**
 * One attempt to change what runs, and how it ended.
 *
 * @param id grows from attempt to attempt
 * @param at when the file was first seen, or the order given
 * @param file its name in the inbox; empty where there was none
 * @param name the plugin's or room's name, or the symbolic name; empty where the file did not say
 * @param version its version; empty where the file did not say
 * @param outcome how it ended
 * @param sentence what happened, in words
 * @param code the stable code of the reason; empty unless it was refused or waits
 * @param next what to do, as a sentence; empty where there is nothing to do
 * @param author who did it; {@code inbox} for a dropped file
 * @param millis from {@code at} until it was over
 * @param steps what was done, and when
 */
public record Attempt(
    long id,
    Instant at,
    String file,
    String name,
    String version,
    Outcome outcome,
    String sentence,
    String code,
    String next,
    String author,
    long millis,
    List<Step> steps) {

  public Attempt {
    steps = List.copyOf(steps);
  }

  /** How an attempt ended. */
  public enum Outcome {
    /** It serves, or is ready to at its first call. */
    LIVE,
    /** It is started and will serve when what the sentence names has come. */
    WAITING,
    /** It was not taken; what ran before still runs. */
    REFUSED,
    /** It no longer runs. */
    REMOVED,
    /** It was stopped, and stays so over a restart. */
    STOPPED,
    /** What ran before was brought back. */
    ROLLED_BACK
  }

  /**
   * A step of an attempt.
   *
   * @param name what was reached, for example {@code verified}
   * @param millis when, counted from the start of the attempt
   */
  public record Step(String name, long millis) {}
}
