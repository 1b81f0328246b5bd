package org.ladang.shell.provider;

import java.util.Map;

/**
 * What the words after an action's id mean.
 *
 * @param arguments for the gate
 * @param json {@code --json}
 * @param yes {@code --yes}
 * @param stack {@code --stack}
 * @param help {@code --help}
 */
record Invocation(
    Map<String, Object> arguments, boolean json, boolean yes, boolean stack, boolean help) {}
