package org.ladang.breaker.provider;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.Policies;
import org.ladang.breaker.PolicyInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Degraded while a breaker refuses calls, by itself or because an operator wants it; never unhealthy: a breaker that is
 * open is the room at work, and what it protects has checks of its own.
 */
@Component(
    service = HealthCheck.class,
    property = {HealthCheck.NAME + "=Breakers", HealthCheck.TAGS + "=breaker"})
public final class BreakerHealth implements HealthCheck {
  private final Policies room;

  /** Made by DS. */
  @Activate
  public BreakerHealth(@Reference Policies room) {
    this.room = room;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    int closed = 0;
    for (String name : room.names()) {
      PolicyInfo info = room.info(name);
      if (info.state() == BreakerState.OPEN || info.state() == BreakerState.FORCED_OPEN) {
        log.warn("The breaker {} is {}: {}", name, info.state(), info.cause());
      } else {
        closed++;
      }
    }
    log.info("{} breakers let calls pass.", closed);
    return new Result(log);
  }
}
