package org.ladang.balancer;

import java.util.Optional;

/**
 * Whether a call could be given to somebody now.
 *
 * @param can yes or no
 * @param endpoint who would get it
 * @param why in words
 */
public record Permit(boolean can, Optional<Endpoint> endpoint, String why) {}
