package org.ladang.deploy.provider;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ladang.deploy.AppliedSet;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.DeploymentPlan;
import org.ladang.deploy.Deployments;
import org.ladang.deploy.GenerationDifference;
import org.ladang.deploy.GenerationInfo;
import org.ladang.deploy.InboxFile;
import org.ladang.deploy.Job;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people ask about the inbox. */
@Component(service = ActionSource.class)
public final class DeployActions implements ActionSource {
  private static final int USUAL = 20;

  private final Deployments deployments;

  @Activate
  public DeployActions(@Reference Deployments deployments) {
    this.deployments = deployments;
  }

  @Action(description = "Lists the files of the inbox and how each stands.", role = Role.VIEWER)
  public List<InboxFile> list() {
    return deployments.inbox();
  }

  @Action(
      description = "Tells what was deployed, refused and removed, the newest first.",
      role = Role.VIEWER)
  public List<Attempt> history(
      @Arg("How many attempts to show; twenty by default, 500 are kept.") Optional<Integer> limit) {
    return deployments.history(limit.orElse(USUAL));
  }

  @Action(
      description =
          "Says what would happen if a jar were dropped: what it replaces and how, what else is touched and why,"
              + " or why it would be refused. Nothing is changed.",
      role = Role.OPERATOR,
      timeout = "60s")
  public CompletionStage<DeploymentPlan> plan(
      CallContext context,
      @Arg("A file of the inbox, of .failed or of .replaced; for admins any path of this machine.")
          String file) {
    if (!file.contains("/")) {
      return deployments.plan(file);
    }
    if (context.principal().role() != Role.ADMIN) {
      throw new LadangException(
              "LADANG-DEPLOY-023", "Only admins may plan with a file outside the inbox.")
          .next("Put it into the inbox, or ask an admin.");
    }
    return deployments.plan(Path.of(file));
  }

  @Action(
      description = "Takes a refused jar back from .failed and tries it again.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      timeout = "90s")
  public CompletionStage<Attempt> accept(
      @Arg("Its name in .failed.") String file,
      @Arg("Whether it may touch more others than blast.limit.") Optional<Boolean> force) {
    return deployments.accept(file, force.orElse(false));
  }

  @Action(
      description =
          "Brings the field to what a JSON file says is to run, all of it or nothing; with dryRun only says what would change.",
      role = Role.ADMIN,
      effect = Effect.DANGER,
      timeout = "300s")
  public CompletionStage<AppliedSet> apply(
      CallContext context,
      @Arg("A path on the machine that Ladang runs on.") String file,
      @Arg("Whether only to say what would change.") Optional<Boolean> dryRun,
      @Arg("Whether it may touch more others than blast.limit.") Optional<Boolean> force) {
    return deployments.apply(
        Path.of(file), dryRun.orElse(false), force.orElse(false), context.principal().name());
  }

  @Action(
      description =
          "Gives an order without waiting for it and returns its job: rollback, accept, apply, start, stop or remove.",
      role = Role.ADMIN,
      effect = Effect.DANGER)
  public Job begin(
      CallContext context,
      @Arg("What to do.") Job.Order order,
      @Arg("The generation, file or name that it is about.") String argument,
      @Arg("Whether accept or apply may touch more others than blast.limit.")
          Optional<Boolean> force) {
    return deployments.begin(order, argument, force.orElse(false), context.principal().name());
  }

  @Action(description = "Lists the newest jobs and how each stands.", role = Role.VIEWER)
  public List<Job> jobs(@Arg("How many; twenty by default, 50 are kept.") Optional<Integer> limit) {
    return deployments.jobs(limit.orElse(USUAL));
  }

  @Action(description = "Tells how a job stands.", role = Role.VIEWER)
  public Job job(@Arg("Its id, as deploy:begin gave it.") String id) {
    return deployments.job(id);
  }

  @Action(
      description = "Lists the kept generations: what was to run, who made it so and why.",
      role = Role.VIEWER)
  public List<GenerationInfo> generations() {
    return deployments.generations();
  }

  @Action(
      description = "Shows which bundles differ between two kept generations.",
      role = Role.VIEWER)
  public List<GenerationDifference> diff(
      @Arg("The generation to begin from.") long from,
      @Arg("The generation to compare it with.") long to) {
    return deployments.diff(from, to);
  }

  @Action(
      description =
          "Goes back to a kept generation: bundles, files of the inbox and configuration, all or nothing.",
      role = Role.OPERATOR,
      effect = Effect.DANGER,
      timeout = "120s")
  public CompletionStage<Attempt> rollback(
      CallContext context,
      @Arg("Which one; the one before the present unless told.") Optional<Long> generation) {
    return deployments.rollback(generation, context.principal().name());
  }
}
