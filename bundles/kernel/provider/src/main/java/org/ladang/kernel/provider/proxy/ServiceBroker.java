package org.ladang.kernel.provider.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.UpgradeHook;
import org.ladang.kernel.action.ActionSource;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the raw services of swappable bundles and registers one stable proxy for each identity. A bundle that is
 * <em>staged</em> is taken, but its targets serve only after {@link #goLive}; any other bundle's serve at once.
 *
 * <p>Services are taken on threads of the kernel, never on a caller's: taking a delayed component activates it, and that
 * may throw or never return.
 */
public final class ServiceBroker implements AllServiceListener, SynchronousBundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceBroker.class);

  private final BundleContext context;
  private final Swappable swappable;
  private final ProxyRules rules;
  private final Stopping stopping;
  private final ExecutorService takers;
  private final TargetInspector inspector;
  private final Map<Identity, Slot> slots = new ConcurrentHashMap<>();
  private final Map<Identity, ServiceRegistration<?>> proxies = new ConcurrentHashMap<>();
  private final Map<Identity, Class<?>> types = new ConcurrentHashMap<>();
  private final Map<ServiceReference<?>, Taken> taken = new ConcurrentHashMap<>();

  /** By bundle id: among the services of a thousand bundles, those of one are found at once. */
  private final Map<Long, Set<ServiceReference<?>>> offered = new ConcurrentHashMap<>();

  /** By bundle id: how many service events it has had. */
  private final Map<Long, AtomicLong> changes = new ConcurrentHashMap<>();

  private final Set<Long> staged = ConcurrentHashMap.newKeySet();
  private final Set<String> exclusive = ConcurrentHashMap.newKeySet();
  private final Pulse pulse;

  /**
   * @param takers runs the taking; one thread may be lost for each component that never returns
   * @param pulse is told whenever something changed
   */
  public ServiceBroker(
      BundleContext context,
      Swappable swappable,
      Stopping stopping,
      ExecutorService takers,
      TargetInspector inspector,
      Pulse pulse) {
    this.context = context;
    this.swappable = swappable;
    this.rules = new ProxyRules(swappable);
    this.stopping = stopping;
    this.takers = takers;
    this.inspector = inspector;
    this.pulse = pulse;
  }

  /** Starts to watch; services that are there already are taken too. */
  public void open() throws org.osgi.framework.InvalidSyntaxException {
    context.addBundleListener(this);
    context.addServiceListener(this);
    ServiceReference<?>[] present = context.getAllServiceReferences(null, null);
    for (ServiceReference<?> reference : present == null ? new ServiceReference<?>[0] : present) {
      if (swappable.is(reference.getBundle())) {
        take(reference);
      }
    }
  }

  /** The bundle's targets serve only after {@link #goLive}. Say so before it is started. */
  public void stage(Bundle bundle) {
    staged.add(bundle.getBundleId());
  }

  /** Says that two versions of that bundle must not run beside each other. Say so before it is started. */
  public void exclusive(String symbolicName) {
    exclusive.add(symbolicName);
  }

  /** Whether every service that the bundle has registered was taken or refused. */
  public boolean settled(Bundle bundle) {
    return of(bundle).stream().noneMatch(t -> t.state() == Taken.State.TAKING);
  }

  /** Grows with every service event of the bundle. */
  public long changes(Bundle bundle) {
    return changed(bundle).get();
  }

  /** Whether all these services of the bundle are known here, so that it is told when they go. */
  public boolean holds(Bundle bundle, Set<Long> services) {
    Set<Object> known =
        offeredBy(bundle).stream()
            .map(reference -> reference.getProperty(Constants.SERVICE_ID))
            .collect(Collectors.toSet());
    return known.containsAll(services);
  }

  /** The bundle's own service objects, each once. */
  public List<Target> raw(Bundle bundle) {
    return of(bundle).stream()
        .flatMap(t -> t.targets().stream().limit(1))
        .map(Taken.Offer::target)
        .toList();
  }

  /** The interfaces of the proxies that stand for that symbolic name's services, by their service ids. */
  public Map<Long, String> proxies(String symbolicName) {
    Map<Long, String> found = new HashMap<>();
    proxies.forEach(
        (identity, registration) -> {
          if (identity.owner().equals(symbolicName)) {
            Long id = (Long) registration.getReference().getProperty(Constants.SERVICE_ID);
            found.put(id, identity.type());
          }
        });
    return found;
  }

  /** Why the bundle's first refused service was refused. */
  public Optional<LadangException> failure(Bundle bundle) {
    return of(bundle).stream()
        .filter(t -> t.state() == Taken.State.FAILED)
        .map(Taken::failure)
        .findFirst();
  }

  /**
   * Checks that the staged bundle's targets fit the proxies that they are to serve behind.
   *
   * @throws LadangException when one is wired to another version of its API
   */
  public void checkFit(Bundle next) {
    for (Taken one : of(next)) {
      for (Taken.Offer offer : one.targets()) {
        Class<?> type = types.get(offer.identity());
        if (type != null && type != offer.type()) {
          throw new LadangException(
                  "LADANG-SWAP-011",
                  next.getSymbolicName()
                      + " "
                      + next.getVersion()
                      + " is wired to another version of "
                      + type.getPackageName()
                      + " than those who use it.")
              .next("Build it against the version of the API that the runtime carries.");
        }
      }
    }
  }

  /** Sends all new calls of the bundle's symbolic name to its targets; proxies it no longer serves are withdrawn. */
  public void goLive(Bundle next) {
    Set<Identity> served = ConcurrentHashMap.newKeySet();
    staged.remove(next.getBundleId());
    for (Taken one : of(next)) {
      for (Taken.Offer offer : one.targets()) {
        served.add(offer.identity());
        serve(offer, one.properties());
      }
    }
    for (Identity identity : identities(next.getSymbolicName())) {
      if (!served.contains(identity)) {
        withdraw(identity, "its present version no longer offers it.");
      }
    }
  }

  /** Lets new calls of that symbolic name wait. */
  public void hold(String symbolicName) {
    identities(symbolicName).forEach(i -> slots.get(i).hold());
  }

  /** Lets held calls go on. */
  public void release(String symbolicName) {
    identities(symbolicName).forEach(i -> slots.get(i).release());
  }

  /** How many calls are inside the bundle's targets. */
  public long busy(Bundle bundle) {
    return of(bundle).stream()
        .flatMap(t -> t.targets().stream())
        .mapToLong(o -> o.target().busy())
        .sum();
  }

  /** Tells the inspector that no call is inside the bundle's targets any more and none will come. */
  public void retired(Bundle bundle) {
    for (Taken one : of(bundle)) {
      one.targets().stream()
          .findFirst()
          .ifPresent(o -> inspector.retired(bundle, o.target().service()));
    }
  }

  /** Withdraws all proxies of that symbolic name; calls fail with the sentence. */
  public void withdraw(String symbolicName, String sentence) {
    identities(symbolicName).forEach(i -> withdraw(i, sentence));
  }

  /** The slots of the bundle's action sources that have ever served. */
  public List<Slot> actionSlots(String symbolicName) {
    String type = ActionSource.class.getName();
    return slots.values().stream()
        .filter(s -> s.identity().owner().equals(symbolicName) && s.identity().type().equals(type))
        .toList();
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    ServiceReference<?> reference = event.getServiceReference();
    if (!swappable.is(reference.getBundle())) {
      return;
    }
    Bundle bundle = reference.getBundle();
    switch (event.getType()) {
      case ServiceEvent.REGISTERED -> take(reference);
      case ServiceEvent.MODIFIED -> modified(reference);
      case ServiceEvent.UNREGISTERING -> vanished(reference);
      default -> {}
    }
    // Last: whoever reads this number sees what the event has changed.
    changed(bundle).incrementAndGet();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.UNINSTALLED) {
      staged.remove(event.getBundle().getBundleId());
      offered.remove(event.getBundle().getBundleId());
      changes.remove(event.getBundle().getBundleId());
    }
  }

  private void take(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    if (bundle == null || ProxyRules.plumbing(reference)) {
      return;
    }
    if (taken.putIfAbsent(reference, Taken.taking(reference)) != null) {
      return;
    }
    offeredBy(bundle).add(reference);
    try {
      takers.execute(() -> takeNow(reference));
    } catch (RejectedExecutionException e) {
      LOG.debug("not taken, the runtime is stopping: {}", reference, e);
    }
  }

  private void takeNow(ServiceReference<?> reference) {
    Taken result;
    try {
      result = taken(reference);
    } catch (LadangException e) {
      result = new Taken(reference, Taken.State.FAILED, List.of(), Map.of(), e);
    } catch (RuntimeException | LinkageError e) {
      result = failed(reference, e);
    }
    // Known with its targets first, so that they are taken back if the service vanishes; settled
    // once they serve.
    Taken coming = result.in(Taken.State.TAKING);
    Taken kept = taken.computeIfPresent(reference, (r, before) -> coming);
    Bundle bundle = reference.getBundle();
    if (kept != null && bundle != null && !staged.contains(bundle.getBundleId())) {
      kept.targets().forEach(o -> serve(o, kept.properties()));
    }
    Taken.State state = result.state();
    taken.computeIfPresent(reference, (r, before) -> before.in(state));
    pulse.beat();
  }

  private Taken taken(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    List<Class<?>> interfaces = rules.interfaces(reference);
    Object service = context.getService(reference);
    if (service == null) {
      return failed(reference, null);
    }
    Identity any = Identity.of(reference, "");
    Object attachment = inspector.inspect(bundle, any.component(), service);
    List<Taken.Offer> offers = new ArrayList<>();
    for (Class<?> type : interfaces) {
      Identity identity = Identity.of(reference, type.getName());
      offers.add(new Taken.Offer(identity, type, new Target(reference, service, attachment)));
    }
    return new Taken(reference, Taken.State.TAKEN, offers, ProxyRules.properties(reference), null);
  }

  private static Taken failed(ServiceReference<?> reference, Throwable cause) {
    String component = Identity.of(reference, "").component();
    // Without a component it comes from a factory, for a legacy jar that of SPI-Fly, whose failure
    // the framework keeps to itself.
    String sentence =
        component.isEmpty()
            ? "The service "
                + String.join(", ", (String[]) reference.getProperty(Constants.OBJECTCLASS))
                + " of "
                + Identity.of(reference, "").owner()
                + " could not be made: its class has no public constructor without arguments, or that throws."
            : "The component " + component + " could not be activated.";
    LadangException failure = new LadangException("LADANG-SWAP-012", sentence, cause);
    return new Taken(reference, Taken.State.FAILED, List.of(), Map.of(), failure);
  }

  private void serve(Taken.Offer offer, Map<String, Object> properties) {
    Identity identity = offer.identity();
    Slot slot =
        slots.computeIfAbsent(identity, i -> new Slot(i, exclusive.contains(i.owner()), stopping));
    Target present = slot.target();
    if (present != null
        && present.bundle() == offer.target().bundle()
        && present.reference() != offer.target().reference()) {
      LOG.warn("{} publishes {} twice: the second one is not used", identity.owner(), identity);
      return;
    }
    slot.flip(offer.target());
    if (isForOthers(offer)) {
      publish(identity, offer.type(), slot, properties);
    }
  }

  /** Actions and hooks are for the kernel to call. */
  private static boolean isForOthers(Taken.Offer offer) {
    return offer.type() != ActionSource.class && offer.type() != UpgradeHook.class;
  }

  private void publish(
      Identity identity, Class<?> type, Slot slot, Map<String, Object> properties) {
    synchronized (slot) {
      ServiceRegistration<?> registration = proxies.get(identity);
      Dictionary<String, Object> dictionary = new Hashtable<>(properties);
      if (registration == null) {
        types.put(identity, type);
        proxies.put(
            identity,
            context.registerService(type.getName(), ProxyHandler.proxy(type, slot), dictionary));
      } else if (!same(registration.getReference(), properties)) {
        registration.setProperties(dictionary);
      }
    }
  }

  private static boolean same(ServiceReference<?> proxy, Map<String, Object> properties) {
    Map<String, Object> present = ProxyRules.properties(proxy);
    present.put(ServiceVeil.OWNER, properties.get(ServiceVeil.OWNER));
    return present.keySet().equals(properties.keySet())
        && present.entrySet().stream()
            .allMatch(e -> Objects.deepEquals(e.getValue(), properties.get(e.getKey())));
  }

  private void modified(ServiceReference<?> reference) {
    Taken now =
        taken.computeIfPresent(
            reference,
            (r, before) ->
                new Taken(
                    r,
                    before.state(),
                    before.targets(),
                    ProxyRules.properties(r),
                    before.failure()));
    if (now != null && !staged.contains(reference.getBundle().getBundleId())) {
      for (Taken.Offer offer : now.targets()) {
        Slot slot = slots.get(offer.identity());
        if (slot != null && slot.target() == offer.target() && isForOthers(offer)) {
          publish(offer.identity(), offer.type(), slot, now.properties());
        }
      }
    }
  }

  private void vanished(ServiceReference<?> reference) {
    Taken former = taken.remove(reference);
    offeredBy(reference.getBundle()).remove(reference);
    if (former != null) {
      for (Taken.Offer offer : former.targets()) {
        Slot slot = slots.get(offer.identity());
        if (slot != null) {
          slot.clear(offer.target());
        }
      }
    }
    pulse.beat();
  }

  private void withdraw(Identity identity, String sentence) {
    Slot slot = slots.remove(identity);
    if (slot == null) {
      return;
    }
    slot.close(sentence);
    synchronized (slot) {
      types.remove(identity);
      ServiceRegistration<?> registration = proxies.remove(identity);
      if (registration != null) {
        registration.unregister();
      }
    }
  }

  private List<Identity> identities(String symbolicName) {
    return slots.keySet().stream().filter(i -> i.owner().equals(symbolicName)).toList();
  }

  private Collection<Taken> of(Bundle bundle) {
    return offeredBy(bundle).stream().map(taken::get).filter(Objects::nonNull).toList();
  }

  private AtomicLong changed(Bundle bundle) {
    return changes.computeIfAbsent(bundle.getBundleId(), id -> new AtomicLong());
  }

  private Set<ServiceReference<?>> offeredBy(Bundle bundle) {
    return offered.computeIfAbsent(bundle.getBundleId(), id -> ConcurrentHashMap.newKeySet());
  }
}
