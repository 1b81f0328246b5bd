package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.gate.Spi;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.StartTask;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reproduces the current generation: rooms first, then plugins. */
final class Boot {
  private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

  private final BundleContext context;
  private final Rooms rooms;
  private final Generations generations;
  private final Store store;
  private final BundleSwapper swapper;
  private final PluginFolders folders;
  private final Ward ward;
  private final Spi<StartTask> tasks;
  private final Pulse pulse;
  private final ExecutorService workers;
  private final Duration deadline;

  Boot(
      BundleContext context,
      Rooms rooms,
      Generations generations,
      Store store,
      BundleSwapper swapper,
      PluginFolders folders,
      Ward ward,
      Spi<StartTask> tasks,
      Pulse pulse,
      ExecutorService workers,
      Duration deadline) {
    this.context = context;
    this.rooms = rooms;
    this.generations = generations;
    this.store = store;
    this.swapper = swapper;
    this.folders = folders;
    this.ward = ward;
    this.tasks = tasks;
    this.pulse = pulse;
    this.workers = workers;
    this.deadline = deadline;
  }

  /** Starts everything; returns what keeps the runtime from being ready, empty when nothing does. */
  List<String> run() throws InterruptedException {
    rooms.adopt();
    Generation generation = generations.current();
    dropStrangers(generation);
    tidy();
    tidyFolders();
    start(generation, Kind.SUBSYSTEM);
    List<String> missing = new ArrayList<>(awaitRooms());
    start(generation, Kind.PLAIN);
    start(generation, Kind.PLUGIN);
    missing.addAll(awaitTasks());
    return missing;
  }

  /** The framework's cache may remember stored jars that the generation no longer names. */
  private void dropStrangers(Generation generation) {
    Set<String> named = new HashSet<>();
    generation.bundles().forEach(b -> named.add(Installer.location(store.path(b.sha256()))));
    String root = Installer.location(store.path("0".repeat(64)).getParent().getParent());
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getLocation().startsWith(root) && !named.contains(bundle.getLocation())) {
        try {
          bundle.uninstall();
        } catch (BundleException e) {
          LOG.warn("{} of an earlier run could not be uninstalled", bundle.getSymbolicName(), e);
        }
      }
    }
  }

  /** Before anybody puts a jar into the store: what no kept generation names is not needed any more. */
  private void tidy() {
    Set<String> used = new HashSet<>(rooms.own());
    for (Generation kept : generations.kept()) {
      for (BundleEntry entry : kept.bundles()) {
        used.add(entry.sha256());
        used.add(entry.fileSha256());
      }
    }
    try {
      int gone = store.retain(used);
      if (gone > 0) {
        LOG.debug("{} jars that no kept generation names were deleted", gone);
      }
    } catch (LadangException e) {
      LOG.warn("the store could not be tidied up: {}", e.line());
    }
  }

  /** Before anybody migrates: copies that no kept generation goes back to are not needed any more. */
  private void tidyFolders() {
    Set<String> named = new HashSet<>();
    generations.kept().forEach(g -> g.bundles().forEach(b -> named.add(b.data())));
    try {
      folders.tidy(named);
    } catch (IOException e) {
      LOG.warn("the folders of plugins could not be tidied up", e);
    }
  }

  private void start(Generation generation, Kind kind) {
    if (kind != Kind.SUBSYSTEM) {
      // Those that import from each other must all be there before the first is started.
      swapper.assemble(generation.bundles().stream().filter(b -> comesUp(b, kind)).toList());
    }
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    for (BundleEntry entry : generation.bundles()) {
      if (entry.kind() == kind) {
        starts.add(CompletableFuture.runAsync(() -> start(entry), workers));
      }
    }
    starts.forEach(CompletableFuture::join);
  }

  private boolean comesUp(BundleEntry entry, Kind kind) {
    return entry.kind() == kind && !entry.stopped() && !ward.isolates(entry);
  }

  private void start(BundleEntry entry) {
    if (ward.isolates(entry)) {
      ward.admit(entry);
      return;
    }
    SwapOutcome outcome = swapper.apply(entry);
    if (outcome instanceof SwapOutcome.Refused refused) {
      LOG.error(
          "{} {} was not started: {} {} [{}]",
          entry.name(),
          entry.version(),
          refused.sentence(),
          refused.next(),
          refused.code());
    }
  }

  /** Rooms wait for each other's services; all are given the time to find them. */
  private List<String> awaitRooms() throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      long seen = pulse.beats();
      // One look for both questions: what comes up between two looks would be missing and beyond
      // hope.
      RoomsNow now = new RoomsNow(swapper.statuses());
      if (now.missing().isEmpty() || now.hopeless() || System.nanoTime() >= end) {
        return now.missing();
      }
      pulse.await(seen, 50);
    }
  }

  private List<String> awaitTasks() throws InterruptedException {
    List<String> missing = new ArrayList<>();
    for (StartTask task : List.copyOf(tasks.all())) {
      try {
        task.finished().toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        missing.add("Still at " + task.title() + " after " + deadline.toSeconds() + " s.");
      } catch (ExecutionException e) {
        missing.add(task.title() + " failed: " + e.getCause().getMessage());
      }
    }
    return missing;
  }
}
