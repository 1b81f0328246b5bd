package org.ladang.registry.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.Quarantine;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.registry.LegacyModule;
import org.ladang.registry.PluginDescription;
import org.ladang.registry.PluginSummary;
import org.ladang.registry.Registry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people ask about plugins; starting, stopping and removing them is the deploy room's. */
@Component(service = ActionSource.class)
@ActionGroup("plugin")
public final class PluginActions implements ActionSource {
  private final Registry registry;
  private final Quarantine quarantine;

  @Activate
  public PluginActions(@Reference Registry registry, @Reference Quarantine quarantine) {
    this.registry = registry;
    this.quarantine = quarantine;
  }

  @Action(description = "Lists the plugins with version, state and health.", role = Role.VIEWER)
  public List<PluginSummary> list() {
    return registry.list();
  }

  @Action(
      description = "Tells all about one plugin: what it needs, what it offers, how it is.",
      role = Role.VIEWER)
  public PluginDescription info(@Arg("The plugin's name.") String name) {
    return registry
        .describe(name)
        .orElseThrow(
            () ->
                new LadangException("LADANG-REGISTRY-001", "There is no plugin " + name + ".")
                    .next("plugin:list shows the plugins."));
  }

  @Action(
      description = "Says in sentences why a plugin or another bundle does not serve.",
      role = Role.VIEWER)
  public List<String> why(@Arg("The plugin's, room's or bundle's name.") String name) {
    return registry.why(name);
  }

  @Action(
      description = "Lets a plugin out of quarantine: forgets its failures and starts it again.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      timeout = "1m")
  public String release(@Arg("The plugin's name.") String name) {
    SwapOutcome outcome = quarantine.release(name);
    if (outcome instanceof SwapOutcome.Refused refused) {
      throw new LadangException(refused.code(), refused.sentence()).next(refused.next());
    }
    return outcome instanceof SwapOutcome.Waiting waiting
        ? waiting.status().sentence()
        : name + " runs again.";
  }

  @Action(
      description = "Calls an action of a plugin, whether the plugin declares it or is a bare one.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      timeout = "5m")
  public CompletionStage<Object> exec(
      CallContext context,
      @Arg("The plugin's name.") String name,
      @Arg("The action's name without the plugin's.") String action,
      @Arg("The action's arguments by name.") Optional<Map<String, Object>> arguments) {
    return registry.execute(context, name, action, arguments.orElse(Map.of()));
  }

  @Action(
      description =
          "Lists the jars without OSGi metadata that run, and how far their migration is.",
      role = Role.VIEWER)
  public List<LegacyModule> migration() {
    return registry.legacy();
  }

  @Action(
      description = "Says where calls go while a legacy plugin and its successor run.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE)
  public LegacyModule prefer(
      @Arg("The plugin's name, with or without -legacy.") String name,
      @Arg("Where calls of that name go: LEGACY or OSGI.") LegacyModule.Way way,
      @Arg("The plugin that takes its place, where it has another name.")
          Optional<String> successor) {
    return registry.prefer(name, way, successor);
  }
}
