package org.ladang.registry.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.States;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passport.Need;
import org.ladang.kernel.swap.Swapper;
import org.ladang.registry.LegacyModule;
import org.ladang.registry.Plugin;
import org.ladang.registry.PluginDescription;
import org.ladang.registry.PluginHealth;
import org.ladang.registry.PluginSummary;
import org.ladang.registry.Registry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The registry: reads what the kernel runs, asks bare plugins how they feel. Keeps nothing but what was preferred. */
@Component(service = Registry.class)
@LadangSubsystem(name = "registry", title = "Plugin registry")
public final class PluginRegistry implements Registry {
  private final Swapper swapper;
  private final BarePlugins bare = new BarePlugins();
  private final Explanation explanation;
  private final BareCalls policed;
  private final Calls calls;
  private final Succession succession;

  @Activate
  public PluginRegistry(
      @Reference Swapper swapper,
      @Reference Gate gate,
      @Reference ActionCatalog catalog,
      @Reference Events events,
      @Reference States states,
      @Reference Clock clock) {
    this.swapper = swapper;
    this.explanation = new Explanation(swapper, events);
    this.succession = new Succession(swapper, states.open("registry"));
    this.policed = new BareCalls(gate);
    this.calls = new Calls(swapper, succession, gate, catalog, clock, bare, policed);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void addPolicy(CallPolicy policy) {
    policed.policy(policy);
  }

  void removePolicy(CallPolicy policy) {
    policed.gone(policy);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addPlugin(Plugin plugin, Map<String, Object> properties) {
    bare.add(plugin, properties);
  }

  void removePlugin(Plugin plugin, Map<String, Object> properties) {
    bare.remove(plugin, properties);
  }

  @Override
  public List<PluginSummary> list() {
    List<BundleStatus> statuses =
        swapper.statuses().stream().filter(s -> s.passport().kind() == Kind.PLUGIN).toList();
    PluginView view = PluginView.of(statuses);
    Map<String, PluginHealth> said =
        bare.health(statuses.stream().map(s -> s.passport().symbolicName()).toList());
    return statuses.stream().map(s -> summary(s, health(s, view, said))).toList();
  }

  @Override
  public Optional<PluginDescription> describe(String name) {
    return swapper
        .status(name)
        .filter(s -> s.passport().kind() == Kind.PLUGIN)
        .map(this::description);
  }

  @Override
  public List<String> why(String name) {
    return explanation.of(name);
  }

  @Override
  public List<String> check(Passport candidate, List<Passport> arriving) {
    return candidate.requires().isEmpty()
        ? List.of()
        : Requirements.unmet(candidate, view().with(arriving));
  }

  @Override
  public List<String> checkReplacement(Passport candidate, List<Passport> arriving) {
    List<String> sentences = new ArrayList<>();
    PluginView now = view();
    for (PluginView.Seen user : now.with(arriving).usersOf(candidate.name())) {
      for (Need need : user.passport().requires()) {
        if (need.plugin().equals(candidate.name())
            && !Requirements.matches(need, candidate)
            && !suffersAlready(need, now)) {
          sentences.add(Sentences.replaced(user.passport(), need, candidate));
        }
      }
    }
    return sentences;
  }

  @Override
  public List<String> checkRemoval(String name) {
    List<String> sentences = new ArrayList<>();
    for (PluginView.Seen user : view().usersOf(name)) {
      for (Need need : user.passport().requires()) {
        if (need.plugin().equals(name)) {
          sentences.add(Sentences.removed(user.passport(), need));
        }
      }
    }
    return sentences;
  }

  @Override
  public CompletionStage<Object> execute(
      CallContext context, String plugin, String action, Map<String, Object> arguments) {
    return calls.execute(context, plugin, action, arguments);
  }

  @Override
  public List<LegacyModule> legacy() {
    return succession.modules();
  }

  @Override
  public LegacyModule prefer(String name, LegacyModule.Way way, Optional<String> successor) {
    return succession.prefer(name, way, successor);
  }

  /** Who lacks it anyhow loses nothing. */
  private static boolean suffersAlready(Need need, PluginView now) {
    return now.find(need.plugin())
        .map(seen -> !Requirements.matches(need, seen.passport()))
        .orElse(true);
  }

  private PluginView view() {
    return PluginView.of(swapper.statuses());
  }

  private static PluginSummary summary(BundleStatus status, PluginHealth health) {
    Passport passport = status.passport();
    return new PluginSummary(
        passport.name(),
        passport.version(),
        PluginStates.text(status.state()),
        health.word().text(),
        status.since(),
        passport.title(),
        status.sentence().isEmpty() ? health.sentence() : status.sentence());
  }

  private PluginDescription description(BundleStatus status) {
    Passport passport = status.passport();
    PluginView view = view();
    PluginHealth health = health(status, view, bare.health(List.of(passport.symbolicName())));
    return new PluginDescription(
        passport.name(),
        passport.title(),
        passport.version(),
        PluginStates.text(status.state()),
        status.since(),
        passport.lazy(),
        passport.publisher(),
        passport.symbolicName(),
        status.entry().file(),
        Requirements.of(passport, view),
        view.usersOf(passport.name()).stream().map(s -> s.passport().name()).toList(),
        passport.actions().stream()
            .map(a -> new PluginDescription.Offer(a.id(), a.description(), a.role(), a.effect()))
            .toList(),
        health.word().text(),
        status.sentence().isEmpty() ? health.sentence() : status.sentence());
  }

  /** What the plugin says of itself, unless its state or its needs say worse. */
  private static PluginHealth health(
      BundleStatus status, PluginView view, Map<String, PluginHealth> said) {
    if (status.state() != Condition.ACTIVE && status.state() != Condition.READY_LAZY) {
      return PluginStates.health(status);
    }
    List<String> unmet = Requirements.unmet(status.passport(), view);
    if (!unmet.isEmpty()) {
      return PluginHealth.unhealthy(String.join(" ", unmet));
    }
    return said.getOrDefault(status.passport().symbolicName(), PluginStates.health(status));
  }
}
