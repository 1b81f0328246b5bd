package org.ladang.health.provider;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Swapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether all that was planted grows: unhealthy where a room does not serve, degraded where a plugin or a plain bundle
 * does not.
 */
@Component(
    service = HealthCheck.class,
    property = {HealthCheck.NAME + "=Bundles", HealthCheck.TAGS + "=bundles"})
public final class BundlesCheck implements HealthCheck {
  private final Swapper swapper;

  @Activate
  public BundlesCheck(@Reference Swapper swapper) {
    this.swapper = swapper;
  }

  @Override
  public Result execute() {
    List<BundleStatus> all = swapper.statuses();
    FormattingResultLog log = new FormattingResultLog();
    all.stream().filter(BundlesCheck::fails).forEach(status -> tell(log, status));
    long good = all.stream().filter(status -> !fails(status)).count();
    log.info("{} of {} bundles are as they should be.", good, all.size());
    return new Result(log);
  }

  private static boolean fails(BundleStatus status) {
    return status.state() == Condition.REFUSED
        || status.state() == Condition.STUCK
        || status.state() == Condition.WAITING;
  }

  private static void tell(FormattingResultLog log, BundleStatus status) {
    String sentence = sentence(status);
    if (status.state() == Condition.WAITING) {
      log.temporarilyUnavailable("{}", sentence);
    } else if (status.entry().kind() == Kind.SUBSYSTEM) {
      log.critical("{}", sentence);
    } else {
      log.warn("{}", sentence);
    }
  }

  private static String sentence(BundleStatus status) {
    String what =
        switch (status.entry().kind()) {
          case SUBSYSTEM -> "Room ";
          case PLUGIN -> "Plugin ";
          case PLAIN -> "Bundle ";
        };
    String where =
        switch (status.state()) {
          case REFUSED -> " is refused";
          case STUCK -> " is stuck until the runtime is restarted";
          default -> " waits";
        };
    String code = status.code().isEmpty() ? "" : " [" + status.code() + "]";
    String why = status.sentence().isEmpty() ? "." : ": " + status.sentence();
    return what + status.entry().name() + where + why + code;
  }
}
