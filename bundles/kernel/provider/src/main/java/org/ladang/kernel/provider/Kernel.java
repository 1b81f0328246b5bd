package org.ladang.kernel.provider;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Hashtable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.ladang.kernel.Clock;
import org.ladang.kernel.EventListener;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.States;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.GateCheck;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.disk.LocalDisk;
import org.ladang.kernel.provider.event.EventStream;
import org.ladang.kernel.provider.gate.ActionBinder;
import org.ladang.kernel.provider.gate.ActionGate;
import org.ladang.kernel.provider.gate.Catalog;
import org.ladang.kernel.provider.gate.GateThreads;
import org.ladang.kernel.provider.gate.Grace;
import org.ladang.kernel.provider.gate.Permission;
import org.ladang.kernel.provider.gate.Policing;
import org.ladang.kernel.provider.gate.Spi;
import org.ladang.kernel.provider.gate.Targets;
import org.ladang.kernel.provider.home.HomeFolder;
import org.ladang.kernel.provider.meter.RuntimeMeters;
import org.ladang.kernel.provider.passport.JarPassports;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.provider.proxy.ServiceVeil;
import org.ladang.kernel.provider.proxy.Stopping;
import org.ladang.kernel.provider.proxy.StoreCollisions;
import org.ladang.kernel.provider.proxy.Swappable;
import org.ladang.kernel.provider.run.InstalledPassports;
import org.ladang.kernel.provider.run.RunningField;
import org.ladang.kernel.provider.state.JournalStates;
import org.ladang.kernel.provider.store.GenerationFolder;
import org.ladang.kernel.provider.store.JarStore;
import org.ladang.kernel.provider.time.PooledScheduler;
import org.ladang.kernel.provider.time.SystemClock;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.StartTask;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.TargetLifecycle;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;

/**
 * Puts the kernel together, in the order in which its parts need each other, and takes it apart in reverse. The only
 * activator of Ladang: the hooks must be there before any swappable bundle is, so Declarative Services come too late.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Kernel implements BundleActivator {
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();

  @Override
  public void start(BundleContext context) throws InvalidSyntaxException {
    Settings settings = Settings.of(context);
    Disk disk = new LocalDisk();
    Stopping stopping = new Stopping();
    Pulse pulse = new Pulse();
    Swappable swappable = new Swappable();

    Home home = new HomeFolder(settings.home(), settings.version(), disk);
    Clock clock = new SystemClock();
    PooledScheduler scheduler = own(new PooledScheduler());
    EventStream events = own(new EventStream(clock));
    Meters meters = new RuntimeMeters();
    JournalStates states = own(new JournalStates(disk, home.data().resolve("state")));
    Store store = new JarStore(disk, home.data().resolve("store"));
    Generations generations = new GenerationFolder(disk, home.data().resolve("generations"), clock);
    Passports passports =
        new JarPassports(
            disk, home.data().resolve("store"), home.data().resolve("store/passports.index"));

    String stored = "reference:" + home.data().resolve("store").toUri();
    publish(context, CollisionHook.class, new StoreCollisions(context.getBundle(), stored));
    ServiceVeil veil = new ServiceVeil(context.getBundle(), swappable);
    publish(context, FindHook.class, veil);
    publish(context, EventListenerHook.class, veil);

    publish(context, Home.class, home);
    publish(context, Clock.class, clock);
    publish(context, Scheduler.class, scheduler);
    publish(context, Events.class, events);
    publish(context, Meters.class, meters);
    publish(context, States.class, states);
    publish(context, Store.class, store);
    publish(context, Generations.class, generations);
    publish(context, Passports.class, passports);

    own(new Spi<>(context, swappable, EventListener.class, pulse, events::add, events::remove));
    Spi<TargetLifecycle> lifecycles =
        own(new Spi<>(context, swappable, TargetLifecycle.class, pulse));
    Spi<StartTask> startTasks = own(new Spi<>(context, swappable, StartTask.class, pulse));
    Spi<Guard> guards = own(new Spi<>(context, swappable, Guard.class, pulse));
    Spi<GateCheck> checks = own(new Spi<>(context, swappable, GateCheck.class, pulse));
    Spi<CallPolicy> policies = own(new Spi<>(context, swappable, CallPolicy.class, pulse));
    Spi<CallObserver> observers = own(new Spi<>(context, swappable, CallObserver.class, pulse));

    ExecutorService takers = Executors.newCachedThreadPool(named("ladang-taker-"));
    closing.push(takers::shutdownNow);
    InstalledPassports installed = new InstalledPassports();
    ServiceBroker broker =
        new ServiceBroker(
            context, swappable, stopping, takers, new ActionBinder(lifecycles, installed), pulse);
    Catalog catalog = new Catalog(events);
    GateThreads threads = own(new GateThreads());
    Grace grace = new Grace(pulse, stopping, Duration.ofSeconds(10));

    RunningField field =
        own(
            new RunningField(
                context,
                settings,
                new RunningField.Ground(
                    home,
                    states,
                    store,
                    generations,
                    passports,
                    clock,
                    scheduler,
                    events,
                    meters,
                    pulse,
                    stopping,
                    disk),
                broker,
                catalog,
                installed,
                startTasks));
    Targets targets = new Targets(broker, grace, field.ownActions());
    Gate gate =
        new ActionGate(
            catalog,
            new Permission(guards, grace),
            checks,
            new Policing(policies),
            observers,
            targets,
            threads,
            clock,
            meters);
    publish(context, ActionCatalog.class, catalog);
    publish(context, Gate.class, gate);
    field.publish(context);
    broker.open();
    field.start();
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    while (!closing.isEmpty()) {
      closing.pop().close();
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    closing.push(part);
    return part;
  }

  private static <T> void publish(BundleContext context, Class<T> type, T service) {
    context.registerService(type, service, new Hashtable<>());
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
