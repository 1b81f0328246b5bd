package org.ladang.deploy.provider;

import java.util.concurrent.CompletionStage;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Deployments;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What operators order of plugins; each order becomes part of the next generation. */
@Component(service = ActionSource.class)
@ActionGroup("plugin")
public final class PluginOrders implements ActionSource {
  private final Deployments deployments;

  @Activate
  public PluginOrders(@Reference Deployments deployments) {
    this.deployments = deployments;
  }

  @Action(
      description = "Starts a plugin that was stopped.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true,
      timeout = "60s")
  public CompletionStage<Attempt> start(
      CallContext context, @Arg("The plugin's name.") String name) {
    return deployments.start(name, context.principal().name());
  }

  @Action(
      description = "Stops a plugin and keeps it stopped, also over a restart.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true,
      timeout = "60s")
  public CompletionStage<Attempt> stop(
      CallContext context, @Arg("The plugin's name.") String name) {
    return deployments.stop(name, context.principal().name());
  }

  @Action(
      description = "Takes a plugin out; its file moves to deploy/.replaced.",
      role = Role.OPERATOR,
      effect = Effect.DANGER,
      timeout = "60s")
  public CompletionStage<Attempt> remove(
      CallContext context, @Arg("The plugin's name.") String name) {
    return deployments.remove(name, context.principal().name());
  }
}
