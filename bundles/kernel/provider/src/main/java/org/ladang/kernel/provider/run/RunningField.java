package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.States;
import org.ladang.kernel.provider.Settings;
import org.ladang.kernel.provider.action.ActionEntry;
import org.ladang.kernel.provider.action.ActionTable;
import org.ladang.kernel.provider.action.BoundAction;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.gate.Catalog;
import org.ladang.kernel.provider.gate.Spi;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.provider.proxy.Stopping;
import org.ladang.kernel.swap.DataFolders;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.LadangRuntime;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Quarantine;
import org.ladang.kernel.swap.StartTask;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.Swapper;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the kernel that runs bundles, put together: swapper, boot, shutdown, and the kernel's own actions. */
public final class RunningField implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningField.class);
  private static final String OWNER = "ladang";
  private static final Duration LEAK_LOOK = Duration.ofSeconds(10);
  private static final Duration WARD_ROUND = Duration.ofMillis(500);

  private final BundleContext context;
  private final BundleSwapper swapper;
  private final PluginFolders folders;
  private final RunningSystem system;
  private final Boot boot;
  private final Components components;
  private final ExecutorService workers;
  private final Ward ward;
  private final WardRound round;
  private final Scheduler.Task leakLook;
  private final Scheduler.Task wardRound;
  private final Map<String, BoundAction> ownActions = new HashMap<>();

  /** What lies below: services of the kernel that do not change while it runs. */
  public record Ground(
      Home home,
      States states,
      Store store,
      Generations generations,
      Passports passports,
      Clock clock,
      Scheduler scheduler,
      Events events,
      Meters meters,
      Pulse pulse,
      Stopping stopping,
      Disk disk) {}

  public RunningField(
      BundleContext context,
      Settings settings,
      Ground ground,
      ServiceBroker broker,
      Catalog catalog,
      InstalledPassports passports,
      Spi<StartTask> startTasks) {
    this.context = context;
    AtomicInteger count = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            1 + Math.max(2, Runtime.getRuntime().availableProcessors()),
            task -> {
              Thread thread = new Thread(task, "ladang-boot-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    components = new Components(context);
    LeakWatch leaks = new LeakWatch(ground.clock(), ground.events());
    leakLook = ground.scheduler().every(LEAK_LOOK, "leak-watch", leaks::look);
    folders =
        new PluginFolders(
            ground.home().data().resolve("plugins"),
            ground.states().open("plugin-folders"),
            ground.disk());
    Installer installer =
        new Installer(
            context,
            ground.store(),
            folders,
            broker,
            passports,
            leaks,
            ground.events(),
            ground.home().data().resolve("generations").resolve("lazy-proofs"));
    UpgradeHooks hooks =
        new UpgradeHooks(broker, ground.pulse(), settings.deadline(), settings.migrate());
    Prover prover = new Prover(context, broker, components, ground.pulse(), settings.deadline());
    Residents residents = new Residents(components, prover, ground.clock());
    Retirement retirement = new Retirement(broker, installer, settings.drain());
    swapper =
        new BundleSwapper(
            residents,
            installer,
            prover,
            retirement,
            hooks,
            folders,
            new Reach(residents, broker, new Dependants(context, components)),
            new Rewiring(context, installer, prover, retirement, broker),
            broker,
            catalog,
            ground.passports(),
            ground.store(),
            ground.pulse());
    ward =
        new Ward(
            swapper,
            residents,
            ground.generations(),
            ground.states().open("quarantine"),
            ground.clock(),
            ground.events(),
            settings.restart());
    round = new WardRound(ward, ground.pulse(), ground.stopping(), ground.clock());
    wardRound =
        ground
            .scheduler()
            .every(
                WARD_ROUND.compareTo(settings.restart()) < 0 ? WARD_ROUND : settings.restart(),
                "ward-round",
                round);
    system = new RunningSystem(ground.home(), context.getBundle(0), swapper, ground.events());
    Rooms rooms =
        new Rooms(settings.rooms(), ground.passports(), ground.store(), ground.generations());
    boot =
        new Boot(
            context,
            rooms,
            ground.generations(),
            ground.store(),
            swapper,
            folders,
            ward,
            startTasks,
            ground.pulse(),
            workers,
            settings.start());
    context.addBundleListener(
        new Shutdown(
            swapper, broker, installer, ground.stopping(), settings.stop(), system::stopping));
    offerOwnActions(
        catalog,
        new KernelActions(
            system,
            ground.home(),
            swapper,
            ground.generations(),
            ground.events(),
            ground.meters(),
            leaks));
  }

  /** The kernel's own actions, by id. */
  public Map<String, BoundAction> ownActions() {
    return ownActions;
  }

  /** Registers what others may ask of this part. */
  public void publish(BundleContext to) {
    to.registerService(Swapper.class, swapper, new Hashtable<>());
    to.registerService(DataFolders.class, folders, new Hashtable<>());
    to.registerService(Quarantine.class, ward, new Hashtable<>());
    to.registerService(LadangRuntime.class, system, new Hashtable<>());
  }

  /** Reproduces the generation once the base is up. */
  public void start() {
    FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
    boolean running =
        context.getBundle(0).getState() == org.osgi.framework.Bundle.ACTIVE
            && level.getStartLevel() >= level.getInitialBundleStartLevel();
    if (running) {
      workers.execute(this::boot);
    } else {
      context.addFrameworkListener(
          event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
              workers.execute(this::boot);
            }
          });
    }
  }

  private void boot() {
    try {
      List<String> missing = boot.run();
      if (missing.isEmpty()) {
        system.becameReady();
      } else {
        system.notReady(missing);
      }
      round.open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the start failed", e);
      system.notReady(List.of("The start failed: " + e.getMessage()));
    }
  }

  private void offerOwnActions(Catalog catalog, KernelActions actions) {
    String provider = context.getBundle().getSymbolicName();
    String version = context.getBundle().getVersion().toString();
    List<ActionEntry> entries;
    try (var in = context.getBundle().getEntry(ActionTable.PATH).openStream()) {
      entries = ActionTable.read(in.readAllBytes(), Kind.SUBSYSTEM, OWNER, provider);
    } catch (java.io.IOException e) {
      throw new LadangException(
          "LADANG-JAR-008", "The kernel's own list of actions is unreadable.", e);
    }
    entries.forEach(e -> ownActions.put(e.info().id(), BoundAction.of(actions, e)));
    Passport passport =
        new Passport(
            Kind.SUBSYSTEM,
            OWNER,
            provider,
            version,
            version,
            "Kernel",
            false,
            false,
            "none",
            "",
            "",
            "",
            LadangPlugin.Migration.NONE,
            List.of(),
            List.of(),
            entries.stream().map(ActionEntry::info).toList());
    catalog.put(passport, () -> {});
  }

  @Override
  public void close() {
    leakLook.cancel();
    wardRound.cancel();
    workers.shutdownNow();
    components.close();
  }
}
