package org.ladang.discovery;

/**
 * A route and what its endpoints must be, with the text that names it worked out once: calls find their table by it.
 *
 * @param key of the route
 * @param route where calls are to go
 * @param type the interface that local services must have
 */
public record Demand(String key, Route route, Class<?> type) {
  /** A demand for local services. */
  public static Demand of(Class<?> type, Route route) {
    return new Demand(route.key() + '|' + type.getName(), route, type);
  }
}
