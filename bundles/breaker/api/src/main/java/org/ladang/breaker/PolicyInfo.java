package org.ladang.breaker;

import java.time.Duration;
import java.time.Instant;

/**
 * How a policy does.
 *
 * @param settings its settings
 * @param state what its breaker does with calls
 * @param since when it began to
 * @param cause why, as a sentence
 * @param left how long an open breaker still waits; zero otherwise
 * @param consecutiveFailures failures in a row so far
 * @param failureRate share of failed calls in the window; 0 where too few were made
 * @param slowRate share of slow calls in the window; 0 where too few were made
 * @param trials calls on trial that have not come back yet
 * @param concurrencyLimit what the adaptive limit has found; 0 where it is off
 * @param measures what the last hour was like
 * @param health how well it goes
 */
public record PolicyInfo(
    PolicySettings settings,
    BreakerState state,
    Instant since,
    String cause,
    Duration left,
    int consecutiveFailures,
    double failureRate,
    double slowRate,
    int trials,
    int concurrencyLimit,
    Measures measures,
    HealthScore health) {}
