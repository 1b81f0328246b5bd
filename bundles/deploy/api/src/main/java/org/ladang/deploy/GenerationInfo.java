package org.ladang.deploy;

import java.time.Instant;

/**
 * A kept generation: what was to run, and who made it so.
 *
 * @param number 1 for the first
 * @param at when it was made
 * @param author who made it
 * @param reason why, as a sentence
 * @param bundles how many bundles it names
 * @param files how many of them came through the inbox
 * @param present whether it is the one that runs
 */
public record GenerationInfo(
    long number,
    Instant at,
    String author,
    String reason,
    int bundles,
    int files,
    boolean present) {}
