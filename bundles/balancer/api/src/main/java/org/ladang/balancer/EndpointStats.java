package org.ladang.balancer;

import java.util.Optional;

/**
 * How an endpoint does.
 *
 * @param id its name
 * @param state whether it gets calls
 * @param share of the calls of its pool, from 0 to 1
 * @param calls that were given to it
 * @param failed of them
 * @param inFlight those that have not ended
 * @param meanMillis how long calls took
 * @param weight at this moment
 * @param load from 0 to 1 as it says itself
 * @param ejections how often it was ejected lately; one less for each quiet time
 * @param backIn seconds until it is tried again, where it is ejected
 * @param why it is in this state, where there is a reason
 */
public record EndpointStats(
    String id,
    String address,
    String zone,
    EndpointState state,
    double share,
    long calls,
    long failed,
    int inFlight,
    double meanMillis,
    double weight,
    Optional<Double> load,
    int ejections,
    Optional<Long> backIn,
    Optional<String> why) {}
