package org.ladang.discovery.provider;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.discovery.Discovery;
import org.ladang.discovery.EndpointInfo;
import org.ladang.discovery.RouteInfo;
import org.ladang.discovery.ServiceInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Degraded while calls go to a fallback group, or while nobody that is offered is alive. */
@Component(
    service = HealthCheck.class,
    property = {HealthCheck.NAME + "=Discovery", HealthCheck.TAGS + "=discovery"})
public final class DiscoveryHealth implements HealthCheck {
  private final Discovery discovery;

  /** Made by DS. */
  @Activate
  public DiscoveryHealth(@Reference Discovery discovery) {
    this.discovery = discovery;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    int alive = 0;
    int all = 0;
    for (ServiceInfo service : discovery.services()) {
      alive += service.alive();
      all += service.endpoints().size();
      if (service.alive() == 0) {
        log.warn("Nobody who offers {} is alive: {}", service.type(), why(service));
      }
      for (RouteInfo route : service.routes()) {
        if (route.serving() > 0 && route.serving() < route.groups().size()) {
          log.warn(
              "Calls of {} go to group {} of its route: nobody before it is alive.",
              service.type(),
              route.serving());
        }
      }
    }
    log.info("{} of {} endpoints are alive.", alive, all);
    return new Result(log);
  }

  private static String why(ServiceInfo service) {
    return service.endpoints().stream()
        .filter(endpoint -> !endpoint.why().isEmpty())
        .map(DiscoveryHealth::said)
        .findFirst()
        .orElse("all are draining.");
  }

  private static String said(EndpointInfo endpoint) {
    return endpoint.id() + ": " + endpoint.why();
  }
}
