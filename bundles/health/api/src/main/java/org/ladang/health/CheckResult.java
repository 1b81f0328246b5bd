package org.ladang.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a check said.
 *
 * @param name the check's name
 * @param word how well it is
 * @param sentences what it says, in its order; stack traces stay in the log
 * @param tags the check's tags
 * @param owner the symbolic name of the bundle that brought it
 * @param took how long it took
 * @param at when it ended
 * @param late whether it did not answer in time, so that the sentences are about that
 */
public record CheckResult(
    String name,
    Word word,
    List<String> sentences,
    List<String> tags,
    String owner,
    Duration took,
    Instant at,
    boolean late) {

  public CheckResult {
    sentences = List.copyOf(sentences);
    tags = List.copyOf(tags);
  }
}
