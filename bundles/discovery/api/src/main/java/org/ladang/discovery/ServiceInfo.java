package org.ladang.discovery;

import java.util.List;

/**
 * What is known of a type of endpoint.
 *
 * @param type what is offered
 * @param kind how it is called
 * @param alive how many endpoints may be called
 * @param endpoints all, in the order of their names
 * @param routes that lead to them
 */
public record ServiceInfo(
    String type, Kind kind, int alive, List<EndpointInfo> endpoints, List<RouteInfo> routes) {
  public ServiceInfo {
    endpoints = List.copyOf(endpoints);
    routes = List.copyOf(routes);
  }
}
