package org.ladang.breaker.provider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.Policies;
import org.ladang.breaker.PolicyInfo;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.PolicySource;
import org.ladang.breaker.Request;
import org.ladang.breaker.Served;
import org.ladang.breaker.provider.PluginCalls.Meaning;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.States;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Swapper;
import org.ladang.kernel.swap.TargetLifecycle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The policies by name, for whoever calls under one and for the gate. */
@LadangSubsystem(name = "breaker", title = "Breakers")
@Component(
    service = {Policies.class, CallPolicy.class, TargetLifecycle.class},
    immediate = true,
    configurationPid = "org.ladang.breaker")
@Designate(ocd = PluginConfig.class)
public final class BreakerRoom implements Policies, CallPolicy, TargetLifecycle {
  private final Parts parts;
  private final Shelf shelf;
  private final ActionCatalog catalog;
  private final Swapper swapper;
  private volatile PluginCalls plugins;
  // Under the monitor.
  private final Map<PolicySource, List<PolicySettings>> sources = new HashMap<>();

  /** Made by DS. */
  @Activate
  public BreakerRoom(
      @Reference Clock clock,
      @Reference Scheduler scheduler,
      @Reference Events events,
      @Reference Meters meters,
      @Reference States states,
      @Reference Gate gate,
      @Reference ActionCatalog catalog,
      @Reference Swapper swapper,
      PluginConfig config) {
    this.parts = RealParts.of(clock, scheduler, gate);
    this.catalog = catalog;
    this.swapper = swapper;
    this.plugins = new PluginCalls(PluginConfig.Reader.read(config), catalog, this::bundle);
    Memory memory =
        new Memory(
            states.open("breaker"),
            clock,
            clock::nanos,
            RealParts.process(),
            RealParts.process() + "/" + clock.nanos());
    this.shelf = new Shelf(parts, memory, events, meters, this::versionOf);
    shelf.start(plugins.settings().breaker());
  }

  @Modified
  void configure(PluginConfig config) {
    plugins = new PluginCalls(PluginConfig.Reader.read(config), catalog, this::bundle);
    shelf.plugins(plugins.settings().breaker());
  }

  @Deactivate
  void stop() {
    shelf.stop();
    parts.limits().close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindSource(PolicySource source) {
    List<PolicySettings> brought = List.copyOf(source.policies());
    sources.put(source, brought);
    brought.forEach(shelf::bring);
  }

  synchronized void unbindSource(PolicySource source) {
    List<PolicySettings> brought = sources.remove(source);
    if (brought != null) {
      brought.forEach(settings -> shelf.take(settings.name()));
    }
  }

  // Whoever calls under a policy.

  @Override
  public <T> Served<T> execute(String name, Request<T> request) throws Exception {
    return shelf.policy(name).chain().execute(request);
  }

  @Override
  public <T> CompletionStage<Served<T>> submit(String name, Request<CompletionStage<T>> request) {
    return StageChain.submit(shelf.policy(name).chain(), request);
  }

  @Override
  public void make(PolicySettings settings) {
    shelf.make(settings);
  }

  @Override
  public void remove(String name) {
    shelf.remove(name);
  }

  @Override
  public List<String> names() {
    return shelf.names();
  }

  @Override
  public PolicyInfo info(String name) {
    return shelf.policy(name).info();
  }

  @Override
  public void force(String name, BreakerState state, String why) {
    shelf.force(name, state, why);
  }

  // The gate.

  @Override
  public long admit(CallContext context, ActionInfo action) {
    if (!plugins.settings().on()) {
      return Breaker.UNCOUNTED;
    }
    Kept kept = plugin(action.owner());
    HourRing.Slot slot = kept.ring().now();
    slot.calls.increment();
    long permit = kept.breaker().acquire();
    if (permit == Breaker.REFUSED) {
      slot.refused.increment();
      throw PluginCalls.refused(
          action, Refusals.open(PluginCalls.PREFIX + action.owner(), kept.breaker()));
    }
    return permit;
  }

  @Override
  public void ended(CallContext context, ActionInfo action, long permit, String code, long nanos) {
    if (!plugins.settings().on()) {
      return;
    }
    Kept kept = plugin(action.owner());
    Meaning meaning = plugins.meaning(action, code, nanos);
    if (meaning == Meaning.NOTHING) {
      kept.breaker().release(permit);
      return;
    }
    boolean failed = meaning == Meaning.FAILED;
    kept.breaker().done(permit, failed, nanos);
    HourRing.Slot slot = kept.ring().now();
    (failed ? slot.failed : slot.succeeded).increment();
    slot.took.add(nanos);
  }

  @Override
  public Optional<StandIn> standIn(
      CallContext context,
      ActionInfo action,
      Map<String, Object> arguments,
      LadangException failure,
      boolean begun) {
    Optional<StandIn> standIn = plugins.standIn(action, arguments, failure.code(), begun);
    standIn.ifPresent(
        instead -> {
          HourRing.Slot slot = plugin(action.owner()).ring().now();
          (instead instanceof StandIn.Other ? slot.fallbacks : slot.degraded).increment();
        });
    return standIn;
  }

  private Kept plugin(String name) {
    return shelf.plugin(PluginCalls.PREFIX + name, plugins.settings().breaker());
  }

  // Another version of a plugin is not to blame for what the one before did.

  @Override
  public void beforeLive(Passport plugin, Object target) {
    shelf.came(PluginCalls.PREFIX + plugin.name(), plugin.version());
  }

  @Override
  public void afterRetired(Passport plugin, Object target) {
    // What went has its place taken by what comes, or is not called any more.
  }

  private String versionOf(String policy) {
    return policy.startsWith(PluginCalls.PREFIX)
        ? bundle(policy.substring(PluginCalls.PREFIX.length()))
            .map(status -> status.passport().version())
            .orElse("")
        : "";
  }

  private Optional<BundleStatus> bundle(String name) {
    return swapper.status(name);
  }
}
