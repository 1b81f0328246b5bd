package org.ladang.discovery;

import java.util.List;
import java.util.Map;

/**
 * What an endpoint answered; also an answer that says no is one.
 *
 * @param status for example 200
 * @param headers in lower case
 * @param body as text
 * @param endpoint who answered
 * @param group of the route it belongs to, from 0
 */
public record HttpAnswer(
    int status, Map<String, List<String>> headers, String body, String endpoint, int group) {}
