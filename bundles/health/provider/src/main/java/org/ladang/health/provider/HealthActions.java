package org.ladang.health.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.ladang.health.CheckInfo;
import org.ladang.health.Health;
import org.ladang.health.Report;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people can ask about health. */
@Component(service = ActionSource.class)
public final class HealthActions implements ActionSource {
  private final Health health;

  @Activate
  public HealthActions(@Reference Health health) {
    this.health = health;
  }

  @Action(
      description = "Lists the health checks with their tags and owners, without running them.",
      role = Role.VIEWER)
  public List<CheckInfo> list() {
    return health.checks();
  }

  @Action(
      description = "Runs health checks and tells how all is, the worst first.",
      role = Role.VIEWER,
      timeout = "70s")
  public Report run(
      @Arg("Only checks with one of these tags or names; all where there are none.")
          Optional<List<String>> tags) {
    return health.run(new LinkedHashSet<>(tags.orElse(List.of())));
  }
}
