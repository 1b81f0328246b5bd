package org.ladang.health.provider;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.health.Health;
import org.ladang.kernel.swap.LadangRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the runtime's start has ended. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Runtime",
      HealthCheck.TAGS + "=kernel",
      HealthCheck.TAGS + "=" + Health.READINESS
    })
public final class ReadyCheck implements HealthCheck {
  private final LadangRuntime runtime;

  @Activate
  public ReadyCheck(@Reference LadangRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public Result execute() {
    return runtime.ready()
        ? new Result(Result.Status.OK, runtime.readyLine().orElse("The runtime is ready."))
        : new Result(
            Result.Status.TEMPORARILY_UNAVAILABLE,
            "The runtime is still starting, or is being stopped.");
  }
}
