package org.ladang.telemetry.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ladang.kernel.Clock;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Role;
import org.ladang.telemetry.History;
import org.ladang.telemetry.Present;
import org.ladang.telemetry.Series;
import org.ladang.telemetry.Telemetry;
import org.ladang.telemetry.Totals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be asked of the history. */
@Component(service = ActionSource.class)
public final class TelemetryActions implements ActionSource {
  private static final int SOME = 360;

  private final Telemetry telemetry;
  private final Clock clock;

  /** Made by DS. */
  @Activate
  public TelemetryActions(@Reference Telemetry telemetry, @Reference Clock clock) {
    this.telemetry = telemetry;
    this.clock = clock;
  }

  @Action(description = "Lists what is recorded over time.", role = Role.VIEWER)
  public List<Series> series(
      @Arg("Only series whose name starts so, for example `bots.`.") Optional<String> prefix) {
    return telemetry.series(prefix.orElse(""));
  }

  @Action(
      description = "Reads what a series was over time; the last hour by default.",
      role = Role.VIEWER)
  public History read(
      @Arg("The series, for example `gate.calls`.") String name,
      @Arg("The first moment; an hour before the last one by default.") Optional<Instant> from,
      @Arg("The last moment; now by default.") Optional<Instant> to,
      @Arg("At most so many points; 360 by default.") Optional<Integer> points) {
    Instant last = to.orElse(clock.now());
    return telemetry.read(
        name, from.orElse(last.minus(Duration.ofHours(1))), last, points.orElse(SOME));
  }

  @Action(
      description =
          "Says how often plugins and rooms are called, how fast they are, and how the machine is, over the last five minutes.",
      role = Role.VIEWER)
  public Present now() {
    return telemetry.present();
  }

  @Action(
      description = "Says how much is recorded, for whom, and what had no place.",
      role = Role.VIEWER)
  public Totals stats() {
    return telemetry.totals();
  }
}
