package org.ladang.shell;

/**
 * Something that could stand at the cursor.
 *
 * @param value replaces the word at the cursor
 * @param description one line that says what it is; may be empty
 * @param complete whether a blank should follow; false after {@code id=}
 */
public record Candidate(String value, String description, boolean complete) {}
