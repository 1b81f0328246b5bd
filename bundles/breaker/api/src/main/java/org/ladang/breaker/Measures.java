package org.ladang.breaker;

import java.time.Duration;

/**
 * What the last hour was like.
 *
 * @param calls that were asked for
 * @param successRate share of the attempts that succeeded; 1 without any
 * @param meanResponse of the attempts that ended
 * @param errors attempts that failed
 * @param retries attempts after the first
 * @param refused calls that were refused by breaker, rate, bulkhead or budget
 * @param fallbacks answers that came from somebody else
 * @param degraded answers that were less than what was asked for
 */
public record Measures(
    long calls,
    double successRate,
    Duration meanResponse,
    long errors,
    long retries,
    long refused,
    long fallbacks,
    long degraded) {}
