package org.ladang.registry;

import java.time.Instant;

/**
 * A plugin in a list.
 *
 * @param name its name
 * @param version its passport's version
 * @param state {@code ACTIVE}, {@code READY (lazy)}, {@code WAITING}, {@code STARTING}, {@code STOPPED}, {@code REFUSED},
 *     {@code STUCK} or {@code QUARANTINED}
 * @param health {@code healthy}, {@code degraded} or {@code unhealthy}
 * @param since since when it is in that state
 * @param title a short title for people; may be empty
 * @param sentence what is wrong; empty where nothing is
 */
public record PluginSummary(
    String name,
    String version,
    String state,
    String health,
    Instant since,
    String title,
    String sentence) {}
