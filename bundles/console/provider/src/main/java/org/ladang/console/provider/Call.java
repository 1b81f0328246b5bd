package org.ladang.console.provider;

import java.util.Map;
import java.util.Optional;
import org.ladang.console.WebRequest;

/**
 * A request that was let in.
 *
 * @param request what came
 * @param caller who; empty on an open route
 * @param path the parts of the path that the route leaves open, by name
 * @param traceId names the request in logs and audit
 */
record Call(WebRequest request, Optional<Caller> caller, Map<String, String> path, String traceId) {

  /** Who; only for routes that need somebody. */
  Caller who() {
    return caller.orElseThrow(
        () -> new IllegalStateException("An open route asked who its caller is."));
  }
}
