package org.ladang.registry.provider;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.Swapper;
import org.ladang.registry.Plugin;

/** Calls a plugin's action by two names, whether it was declared or not. */
final class Calls {
  private final Swapper swapper;
  private final Succession succession;
  private final Gate gate;
  private final ActionCatalog catalog;
  private final Clock clock;
  private final BarePlugins bare;
  private final BareCalls policed;

  Calls(
      Swapper swapper,
      Succession succession,
      Gate gate,
      ActionCatalog catalog,
      Clock clock,
      BarePlugins bare,
      BareCalls policed) {
    this.swapper = swapper;
    this.succession = succession;
    this.gate = gate;
    this.catalog = catalog;
    this.clock = clock;
    this.bare = bare;
    this.policed = policed;
  }

  CompletionStage<Object> execute(
      CallContext context, String plugin, String action, Map<String, Object> arguments) {
    BundleStatus status = succession.target(plugin).orElseThrow(() -> unknown(plugin));
    String name = status.passport().name();
    String id = name + ":" + action;
    if (catalog.find(id).isPresent()) {
      return gate.submit(context, id, arguments);
    }
    Plugin target =
        bare.find(status.passport().symbolicName())
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-REGISTRY-008", name + " has no action " + action + ".")
                        .next("plugin:info " + name + " lists its actions."));
    if (!context.principal().role().includes(Role.OPERATOR)) {
      throw new LadangException(
              "LADANG-REGISTRY-009",
              context.principal().name() + " may not call " + id + ": it takes an operator.")
          .next("Ask an administrator for the role operator.");
    }
    // The gate checks requirements of declared actions; a bare plugin has none that it could check.
    var unmet = Requirements.unmet(status.passport(), PluginView.of(swapper.statuses()));
    if (!unmet.isEmpty()) {
      throw new LadangException("LADANG-REGISTRY-003", String.join(" ", unmet))
          .next("plugin:why " + name + " shows what it needs.")
          .with("plugin", name);
    }
    return policed.call(
        context,
        name,
        action,
        arguments,
        () -> bounded(context, id, Stages.future(() -> target.execute(action, arguments))));
  }

  private CompletionStage<Object> bounded(
      CallContext context, String id, CompletableFuture<Object> result) {
    Duration left = Duration.between(clock.now(), context.deadline());
    return result
        .orTimeout(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)
        .handle(
            (value, failure) -> {
              if (failure == null) {
                return value;
              }
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              if (cause instanceof TimeoutException) {
                throw new LadangException(
                        "LADANG-REGISTRY-010",
                        id + " was not done when its deadline passed.",
                        cause)
                    .next("Give it more time, or look at plugin:info.");
              }
              throw Stages.asLadang(cause, "LADANG-REGISTRY-011", id + " failed");
            });
  }

  private static LadangException unknown(String plugin) {
    return new LadangException("LADANG-REGISTRY-001", "There is no plugin " + plugin + ".")
        .next("plugin:list shows the plugins.");
  }
}
