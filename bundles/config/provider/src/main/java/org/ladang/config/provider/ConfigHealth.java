package org.ladang.config.provider;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.config.Configuration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Degraded while a file is refused or a value does not count: all runs, but not as somebody intended. */
@Component(
    service = HealthCheck.class,
    property = {HealthCheck.NAME + "=Configuration", HealthCheck.TAGS + "=config"})
public final class ConfigHealth implements HealthCheck {
  private final Configuration configuration;

  @Activate
  public ConfigHealth(@Reference Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    List<String> problems = configuration.problems();
    problems.forEach(sentence -> log.warn("{}", sentence));
    if (problems.isEmpty()) {
      log.info("Every file and value in effect is sound.");
    }
    return new Result(log);
  }
}
