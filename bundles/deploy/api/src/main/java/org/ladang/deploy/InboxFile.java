package org.ladang.deploy;

import java.time.Instant;

/**
 * A file in the inbox.
 *
 * @param file its name
 * @param name the plugin's or room's name, or the symbolic name; empty while it is not known
 * @param version its version; empty while it is not known
 * @param kind {@code plugin}, {@code subsystem} or {@code plain}; empty while it is not known
 * @param state {@code ACTIVE}, {@code READY (lazy)} and so on, or {@code ARRIVING} for what is not yet complete or not
 *     yet looked at
 * @param since since when it is in that state
 * @param bytes its size
 * @param sentence what is wrong or what it waits for; empty where nothing is
 */
public record InboxFile(
    String file,
    String name,
    String version,
    String kind,
    String state,
    Instant since,
    long bytes,
    String sentence) {}
