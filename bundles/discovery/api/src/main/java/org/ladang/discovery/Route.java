package org.ladang.discovery;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where calls are to go: groups of endpoints in order. While one of a group is alive calls go there; else to the next
 * group. When nobody is alive in any, those of the first group are tried: better to ask the sick than nobody.
 *
 * @param type what the endpoints offer
 * @param algorithm of the balancer within a group, for example {@code peak-ewma}; empty for the usual one
 * @param groups at least one
 */
public record Route(String type, String algorithm, List<Selector> groups) {
  public Route {
    groups = groups.isEmpty() ? List.of(Selector.ANY) : List.copyOf(groups);
  }

  /** All endpoints of a type. */
  public static Route to(String type) {
    return new Route(type, "", List.of(Selector.ANY));
  }

  /** Endpoints of a type, the first group first. */
  public static Route to(String type, Selector first, Selector... others) {
    return new Route(type, "", Stream.concat(Stream.of(first), Stream.of(others)).toList());
  }

  /** The same by another algorithm. */
  public Route by(String other) {
    return new Route(type, other, groups);
  }

  /** One text for the same route. */
  public String key() {
    return type
        + '|'
        + algorithm
        + '|'
        + groups.stream().map(Selector::key).collect(Collectors.joining("|"));
  }
}
