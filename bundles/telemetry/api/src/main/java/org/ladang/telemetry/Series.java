package org.ladang.telemetry;

/**
 * Something that is recorded over time.
 *
 * @param name unique, begins with its owner
 * @param owner the plugin or room that it is about
 * @param unit of its values: {@code 1/s}, {@code ms}, {@code MiB}, {@code %}, {@code cores} or empty
 */
public record Series(String name, String owner, String unit) {}
