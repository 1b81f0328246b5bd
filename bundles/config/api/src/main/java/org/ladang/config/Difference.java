package org.ladang.config;

import java.util.Optional;

/**
 * A key of the run-time layer that differs.
 *
 * @param pid the PID
 * @param key the key
 * @param before its value before, masked for secrets; empty where the layer had none
 * @param after its value after, masked for secrets; empty where the layer has none
 */
public record Difference(String pid, String key, Optional<Object> before, Optional<Object> after) {}
