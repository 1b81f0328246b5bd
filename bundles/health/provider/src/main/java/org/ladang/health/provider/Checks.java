package org.ladang.health.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.ladang.health.CheckInfo;
import org.ladang.health.CheckResult;
import org.ladang.health.Word;
import org.osgi.framework.ServiceReference;

/** From Felix's words to ours. */
final class Checks {
  /** The kernel registers the checks of swappable bundles and says here whose they are. */
  private static final String OWNER = "ladang.owner";

  private Checks() {}

  static CheckInfo info(ServiceReference<?> reference) {
    HealthCheckMetadata metadata = new HealthCheckMetadata(reference);
    return new CheckInfo(metadata.getName(), metadata.getTags(), owner(reference));
  }

  static CheckResult result(HealthCheckExecutionResult result) {
    HealthCheckMetadata metadata = result.getHealthCheckMetadata();
    return new CheckResult(
        metadata.getName(),
        word(result.getHealthCheckResult().getStatus()),
        sentences(result.getHealthCheckResult()),
        metadata.getTags(),
        owner(metadata.getServiceReference()),
        Duration.ofMillis(result.getElapsedTimeInMs()),
        result.getFinishedAt().toInstant(),
        result.hasTimedOut());
  }

  static Word word(Result.Status status) {
    return switch (status) {
      case OK -> Word.HEALTHY;
      case WARN, TEMPORARILY_UNAVAILABLE -> Word.DEGRADED;
      case CRITICAL, HEALTH_CHECK_ERROR -> Word.UNHEALTHY;
    };
  }

  private static List<String> sentences(Result result) {
    List<String> sentences = new ArrayList<>();
    for (ResultLog.Entry entry : result) {
      if (!entry.isDebug() && entry.getMessage() != null && !entry.getMessage().isBlank()) {
        sentences.add(entry.getMessage());
      }
    }
    return sentences;
  }

  private static String owner(ServiceReference<?> reference) {
    if (reference.getProperty(OWNER) instanceof String owner) {
      return owner;
    }
    // Null once the service is gone, which may be while its result is being told.
    return reference.getBundle() == null ? "" : reference.getBundle().getSymbolicName();
  }
}
