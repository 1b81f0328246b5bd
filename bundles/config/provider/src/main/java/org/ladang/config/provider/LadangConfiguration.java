package org.ladang.config.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Difference;
import org.ladang.config.Effective;
import org.ladang.config.Revision;
import org.ladang.config.Schema;
import org.ladang.config.Summary;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.States;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the layers, and ConfigurationAdmin as their projection. One lock over all: what it guards is small, and a change
 * that waits for another one is right.
 *
 * <p>Two of them must not write the same journal and the same projection: no overlap at an upgrade.
 */
@LadangSubsystem(name = "config", title = "Configuration", overlap = false)
@Component(service = Configuration.class, immediate = true)
public final class LadangConfiguration implements Configuration {
  private static final Logger LOG = LoggerFactory.getLogger(LadangConfiguration.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int KEPT_REVISIONS = 1000;
  private static final int SLACK = 100;
  private static final String BUSY = "LADANG-CONFIG-016";

  private final ReentrantLock lock = new ReentrantLock();
  private final BundleContext context;
  private final Clock clock;
  private final Events events;
  private final Schemas schemas = new Schemas();
  private final MetatypeReader reader;
  private final RuntimeLayer runtime;
  private final FileLayer files;
  private final Variables variables;
  private final Handover handover;
  private final BundleWatch watch;
  private final Scheduler.Task looking;

  /** Bundles that came or went while a change was under way for too long; the next look sees to them. */
  private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

  private Layers layers;

  @Activate
  public LadangConfiguration(
      BundleContext context,
      @Reference Home home,
      @Reference States states,
      @Reference Clock clock,
      @Reference Scheduler scheduler,
      @Reference Events events,
      @Reference MetaTypeService metatype,
      @Reference ConfigurationAdmin admin) {
    this(context, home, states, clock, scheduler, events, metatype, admin, System.getenv());
  }

  LadangConfiguration(
      BundleContext context,
      Home home,
      States states,
      Clock clock,
      Scheduler scheduler,
      Events events,
      MetaTypeService metatype,
      ConfigurationAdmin admin,
      Map<String, String> environment) {
    this.context = context;
    this.clock = clock;
    this.events = events;
    var state = states.open("config");
    this.reader = new MetatypeReader(metatype, LadangConfiguration::unreadable);
    this.runtime = new RuntimeLayer(state, KEPT_REVISIONS, SLACK);
    this.variables = new Variables(environment);
    this.files = new FileLayer(home.conf(), state, new FileJudge());
    this.handover = new Handover(new Projection(admin, state), events);
    this.watch = new BundleWatch(this::arrived, this::gone);
    renew();
    try {
      guarded(this::begin);
    } catch (RuntimeException e) {
      watch.close(context);
      throw e;
    }
    this.looking = scheduler.every(LOOK_EVERY, "config-files", () -> guarded(this::again));
  }

  private Void begin() {
    watch.open(context);
    look(false);
    Set<String> all = new TreeSet<>(layers.known());
    all.addAll(handover.pids());
    handover.show(layers, all);
    return null;
  }

  private Void again() {
    handover.show(layers, handover.failed());
    for (Runnable task = late.poll(); task != null; task = late.poll()) {
      task.run();
    }
    look(true);
    return null;
  }

  @Deactivate
  void close() {
    looking.cancel();
    watch.close(context);
  }

  @Override
  public List<Summary> list() {
    return guarded(() -> new Shown(layers).list());
  }

  @Override
  public Optional<Schema> describe(String pid) {
    return guarded(() -> layers.schema(layers.names().resolve(pid)));
  }

  @Override
  public Effective get(String pid) {
    return guarded(() -> new Shown(layers).effective(layers.names().resolve(pid)));
  }

  @Override
  public Revision check(Change change) {
    return guarded(
        () -> {
          List<StoredChange> plan = new Wishes(layers, runtime).plan(change);
          return revision(plan, change.author(), change.reason(), false);
        });
  }

  @Override
  public Revision set(Change change) {
    return guarded(
        () -> {
          List<StoredChange> plan = new Wishes(layers, runtime).plan(change);
          return revision(plan, change.author(), change.reason(), true);
        });
  }

  @Override
  public List<String> problems() {
    return guarded(
        () -> {
          List<String> all = new ArrayList<>();
          files.refusals().forEach(refusal -> all.add(refusal.line()));
          all.addAll(handover.problems());
          return List.copyOf(all);
        });
  }

  @Override
  public long revision() {
    return guarded(runtime::newest);
  }

  @Override
  public List<Revision> history(Optional<String> pid, int limit) {
    return guarded(
        () -> {
          Optional<String> of = pid.map(layers.names()::resolve);
          return runtime.history().stream()
              .filter(revision -> of.isEmpty() || revision.touches(of.get()))
              .limit(Math.max(0, limit))
              .map(StoredRevision::shown)
              .toList();
        });
  }

  @Override
  public List<Difference> diff(long from, long to) {
    return guarded(() -> new Comparison(runtime, layers).between(from, to));
  }

  @Override
  public Revision undo(Optional<Long> number, String author) {
    return guarded(
        () -> {
          long which = number.orElse(runtime.newest());
          StoredRevision revision =
              runtime.revision(which).orElseThrow(() -> Comparison.noSuch(which, runtime));
          List<StoredChange> plan = new Wishes(layers, runtime).planUndo(revision);
          return revision(plan, author, "Takes revision " + which + " back.", true);
        });
  }

  @Override
  public Revision restore(long number, String author) {
    return guarded(
        () -> {
          List<StoredChange> plan = new Wishes(layers, runtime).planRestore(number);
          return revision(plan, author, "Restores revision " + number + ".", true);
        });
  }

  private Revision revision(
      List<StoredChange> changes, String author, String reason, boolean apply) {
    if (changes.isEmpty()) {
      return new Revision(runtime.newest(), clock.now(), author, reason, List.of());
    }
    if (!apply) {
      return new StoredRevision(runtime.newest() + 1, clock.now(), author, reason, changes).shown();
    }
    Revision done = runtime.append(clock.now(), author, reason, changes).shown();
    renew();
    Set<String> pids = new TreeSet<>();
    done.changes().forEach(change -> pids.add(change.pid()));
    handover.show(layers, pids);
    String subject = layers.names().nameOf(pids.iterator().next());
    events.publish(
        Event.Severity.INFO,
        "config.changed",
        subject,
        author + " changed " + subject + " (revision " + done.number() + ").",
        details(done));
    return done;
  }

  private static Map<String, Object> details(Revision revision) {
    Map<String, Object> details = new TreeMap<>();
    details.put("revision", revision.number());
    details.put("author", revision.author());
    details.put("keys", revision.changes().stream().map(Difference::key).toList());
    return details;
  }

  private void renew() {
    layers = new Layers(schemas, files, runtime, variables);
  }

  private void look(boolean settle) {
    FileLayer.Look look = files.look(settle);
    if (!look.changed().isEmpty()) {
      renew();
      handover.show(layers, look.changed());
      look.changed()
          .forEach(
              pid ->
                  events.info(
                      "config.file", pid, "The values of " + pid + " in conf/ are taken over."));
    }
    look.refused().forEach(e -> events.warning("config.refused", "", e.line()));
  }

  private void arrived(Bundle bundle) {
    soon(() -> guarded(() -> declare(bundle)));
  }

  private void gone(long bundleId) {
    soon(() -> guarded(() -> forget(bundleId)));
  }

  /** On a thread of the framework, which is not to fail because of us. */
  private void soon(Runnable task) {
    try {
      task.run();
    } catch (LadangException e) {
      if (!e.code().equals(BUSY)) {
        throw e;
      }
      late.add(task);
    }
  }

  private Void declare(Bundle bundle) {
    List<Declared> declared =
        bundle.getState() == Bundle.UNINSTALLED ? List.of() : reader.read(bundle);
    if (!declared.isEmpty()) {
      schemas.put(bundle.getBundleId(), declared);
      renew();
      if (declared.stream().filter(one -> files.recheck(one.pid())).count() > 0) {
        look(false);
      }
      handover.show(layers, withInstances(declared.stream().map(Declared::pid).toList()));
    }
    return null;
  }

  private Set<String> withInstances(List<String> declared) {
    Set<String> pids = new TreeSet<>(layers.known());
    pids.removeIf(pid -> !declared.contains(Pids.declared(pid)));
    return pids;
  }

  /**
   * Where another version is there, its declaration counts from now on. Where none is, ConfigurationAdmin keeps what it
   * has: one may be on its way.
   */
  private Void forget(long bundleId) {
    List<String> pids = new ArrayList<>(schemas.remove(bundleId));
    renew();
    pids.removeIf(pid -> schemas.schema(pid).isEmpty());
    handover.show(layers, withInstances(pids));
    return null;
  }

  private <T> T guarded(Supplier<T> work) {
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(e);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static LadangException busy(Exception cause) {
    return new LadangException(
            BUSY,
            "The configuration is being changed and did not become free within "
                + PATIENCE.toSeconds()
                + " s.",
            cause)
        .next("Try again.");
  }

  private static void unreadable(String pid, RuntimeException cause) {
    LOG.atWarn()
        .setCause(cause)
        .addKeyValue("pid", pid)
        .log("A bundle's declaration of what can be configured cannot be read.");
  }

  private final class FileJudge implements FileLayer.Judge {
    /** Names without a dot are those of the launcher's own files, unless a bundle declares just that PID. */
    @Override
    public boolean wanted(String pid) {
      return pid.contains(".") || schemas.schema(pid).isPresent();
    }

    @Override
    public List<String> judge(String pid, Map<String, Object> values) {
      return layers.judge(pid, values);
    }
  }
}
