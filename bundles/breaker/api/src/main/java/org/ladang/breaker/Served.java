package org.ladang.breaker;

import java.util.Optional;

/**
 * An answer, and how it came.
 *
 * @param result the answer; null where the call answers null
 * @param way the path that served it
 * @param firstError what went wrong first; empty when nothing did
 */
public record Served<T>(T result, Way way, Optional<Throwable> firstError) {
  /** Whether the caller got less than it asked for. */
  public boolean degraded() {
    return way.kind() == Way.Kind.DEGRADED;
  }
}
