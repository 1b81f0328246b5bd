package org.ladang.breaker.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.Policies;
import org.ladang.breaker.PolicyInfo;
import org.ladang.breaker.PolicySettings;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be asked of the breakers. */
@Component(service = ActionSource.class)
public final class BreakerActions implements ActionSource {
  /**
   * A policy in short.
   *
   * @param policy its name; {@code plugin/NAME} for the calls of a plugin
   * @param state what its breaker does with calls
   * @param since when it began to
   * @param left how long it still waits when it is open
   * @param cause why
   * @param health from 0 to 100
   * @param successRate share of the attempts of the last hour that succeeded
   * @param errors of the last hour
   */
  public record Line(
      String policy,
      BreakerState state,
      Instant since,
      Duration left,
      String cause,
      int health,
      double successRate,
      long errors) {}

  private final Policies room;

  /** Made by DS. */
  @Activate
  public BreakerActions(@Reference Policies room) {
    this.room = room;
  }

  @Action(
      description = "Lists the policies: what each breaker does, why, and how healthy it is.",
      role = Role.VIEWER)
  public List<Line> list() {
    return room.names().stream().map(room::info).map(BreakerActions::line).toList();
  }

  private static Line line(PolicyInfo info) {
    return new Line(
        info.settings().name(),
        info.state(),
        info.since(),
        info.left(),
        info.cause(),
        info.health().score(),
        info.measures().successRate(),
        info.measures().errors());
  }

  @Action(
      description = "Tells all about a policy: breaker, measures of the last hour, health score.",
      role = Role.VIEWER)
  public PolicyInfo info(@Arg("The policy.") String policy) {
    return room.info(policy);
  }

  @Action(description = "Shows the settings of a policy.", role = Role.VIEWER)
  public PolicySettings policy(@Arg("The policy.") String policy) {
    return room.info(policy).settings();
  }

  @Action(
      description =
          "Keeps a breaker open (FORCED_OPEN), lets everything pass (DISABLED) or closes it (CLOSED);"
              + " kept over restarts.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public PolicyInfo force(
      CallContext context,
      @Arg("The policy.") String policy,
      @Arg("FORCED_OPEN, DISABLED or CLOSED.") BreakerState state,
      @Arg("Why, for those who look later.") Optional<String> reason) {
    room.force(policy, state, by(context, "wants it so", reason));
    return room.info(policy);
  }

  @Action(
      description = "Closes a breaker and forgets what was counted.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public PolicyInfo reset(
      CallContext context,
      @Arg("The policy.") String policy,
      @Arg("Why, for those who look later.") Optional<String> reason) {
    room.force(policy, BreakerState.CLOSED, by(context, "reset it", reason));
    return room.info(policy);
  }

  private static String by(CallContext context, String what, Optional<String> reason) {
    return context.principal().name() + " " + what + reason.map(why -> ": " + why).orElse(".");
  }
}
