package org.ladang.breaker.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ladang.breaker.BreakerSettings;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallPolicy.StandIn;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;

/**
 * What the calls of plugins say of them, and who stands in. What a caller got wrong (an argument, a permission, something
 * that is not there) is a sentence and says nothing of the plugin; what is no sentence does, and so does a call that
 * used up all the time its action has.
 */
final class PluginCalls {
  /** The policies of plugins are named so. */
  static final String PREFIX = "plugin/";

  private static final String LATE = "LADANG-GATE-004";
  private static final String GONE = "LADANG-GATE-005";
  private static final String THREW = "LADANG-GATE-006";
  private static final String LEGACY = "-legacy";

  private final Settings settings;
  private final ActionCatalog catalog;
  private final Function<String, Optional<BundleStatus>> bundles;

  /**
   * What is configured.
   *
   * @param on whether calls of plugins have policies at all
   * @param breaker of a plugin that has no policy of its own
   * @param failureCodes sentences that count as failures nevertheless
   * @param fallbacks plugin by plugin
   * @param degraded answers by action
   */
  record Settings(
      boolean on,
      BreakerSettings breaker,
      List<String> failureCodes,
      Map<String, String> fallbacks,
      Map<String, Object> degraded) {}

  /** What a call that ended means. */
  enum Meaning {
    FINE,
    FAILED,
    NOTHING
  }

  PluginCalls(
      Settings settings, ActionCatalog catalog, Function<String, Optional<BundleStatus>> bundles) {
    this.settings = settings;
    this.catalog = catalog;
    this.bundles = bundles;
  }

  Settings settings() {
    return settings;
  }

  Meaning meaning(ActionInfo action, String code, long nanos) {
    if (code.isEmpty()) {
      return Meaning.FINE;
    }
    if (code.equals(THREW) || settings.failureCodes().contains(code)) {
      return Meaning.FAILED;
    }
    if (code.equals(LATE)) {
      // A caller in a hurry does not make a plugin sick.
      return nanos >= action.timeout().toNanos() ? Meaning.FAILED : Meaning.NOTHING;
    }
    // A plugin that was stopped is no sick one: its own sentence says more than a breaker could.
    return code.equals(GONE) ? Meaning.NOTHING : Meaning.FINE;
  }

  Optional<StandIn> standIn(
      ActionInfo action, Map<String, Object> arguments, String code, boolean begun) {
    boolean sick =
        code.equals(THREW)
            || code.equals(GONE)
            || code.equals(Refusals.OPEN)
            || settings.failureCodes().contains(code);
    if (!settings.on() || !sick) {
      return Optional.empty();
    }
    // What was begun may have done part of its work: only what may be done twice is done by
    // another.
    boolean again = !begun || action.idempotent() || action.effect() == Effect.READ;
    Optional<StandIn> other = again ? other(action, arguments) : Optional.empty();
    return other.or(
        () ->
            Optional.ofNullable(settings.degraded().get(action.id()))
                .map(value -> new StandIn.Degraded("degraded", value)));
  }

  private Optional<StandIn> other(ActionInfo action, Map<String, Object> arguments) {
    String owner = action.owner();
    String named = settings.fallbacks().get(owner);
    String plugin = named != null ? named : counterpart(owner);
    String id = plugin + ":" + action.name();
    if (catalog.find(id).isPresent()) {
      return Optional.of(new StandIn.Other(plugin, id, arguments));
    }
    boolean bare =
        bundles
            .apply(plugin)
            .filter(status -> status.state() == Condition.ACTIVE)
            .filter(status -> status.passport().actions().isEmpty())
            .isPresent();
    return bare
        ? Optional.of(
            new StandIn.Other(
                plugin,
                "plugin:exec",
                Map.of("name", plugin, "action", action.name(), "arguments", arguments)))
        : Optional.empty();
  }

  /** A legacy plugin and its successor back each other up without being told to. */
  private static String counterpart(String plugin) {
    return plugin.endsWith(LEGACY)
        ? plugin.substring(0, plugin.length() - LEGACY.length())
        : plugin + LEGACY;
  }

  /** The failure in the words of the caller's own request. */
  static LadangException refused(ActionInfo action, LadangException open) {
    return open.with("action", action.id());
  }
}
