package org.ladang.kernel.provider.run;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Watches the class loaders of bundles that were taken out. One that is still reachable after 30 s and two collections
 * that unload classes is held by something that the bundle left behind; it is reported once, with the likely holder.
 */
final class LeakWatch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int COLLECTIONS = 2;
  private static final int MOST = 2_000;
  // Young collections never unload a class.
  private static final Set<String> UNLOADING =
      Set.of(
          "MarkSweepCompact",
          "PS MarkSweep",
          "G1 Old Generation",
          "G1 Concurrent GC",
          "ZGC Cycles",
          "ZGC Major Cycles",
          "Shenandoah Cycles");

  private final Clock clock;
  private final Events events;
  private final Queue<Gone> watched = new ConcurrentLinkedQueue<>();

  LeakWatch(Clock clock, Events events) {
    this.clock = clock;
    this.events = events;
  }

  /**
   * A class loader that outlived its bundle.
   *
   * @param bundle symbolic name and version
   * @param since when the bundle was taken out
   * @param holder what is likely to hold it, in words
   */
  record Leak(String bundle, Instant since, String holder) {}

  private static final class Gone {
    private final String bundle;
    private final Instant since;
    private final long collections = collections();
    private final WeakReference<ClassLoader> loader;
    private boolean reported;

    private Gone(String bundle, Instant since, ClassLoader loader) {
      this.bundle = bundle;
      this.since = since;
      this.loader = new WeakReference<>(loader);
    }
  }

  /** Says that the bundle is about to be taken out. */
  void leaving(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
    if (loader != null && watched.size() < MOST) {
      watched.add(
          new Gone(bundle.getSymbolicName() + " " + bundle.getVersion(), clock.now(), loader));
    }
  }

  /** Looks at what is left and reports what has become certain. */
  void look() {
    for (Iterator<Gone> all = watched.iterator(); all.hasNext(); ) {
      Gone gone = all.next();
      ClassLoader loader = gone.loader.get();
      if (loader == null) {
        all.remove();
      } else if (certain(gone) && !gone.reported) {
        gone.reported = true;
        events.publish(
            Event.Severity.WARNING,
            "swap.leak",
            gone.bundle,
            gone.bundle + " was taken out, but its classes stay: " + LeakHolder.of(loader) + ".",
            Map.of("since", gone.since.toString()));
      }
    }
  }

  /** The class loaders that are certain to be held. */
  List<Leak> leaks() {
    return watched.stream()
        .filter(this::certain)
        .map(
            gone -> {
              ClassLoader loader = gone.loader.get();
              return new Leak(gone.bundle, gone.since, loader == null ? "" : LeakHolder.of(loader));
            })
        .filter(leak -> !leak.holder().isEmpty())
        .toList();
  }

  private boolean certain(Gone gone) {
    return !clock.now().isBefore(gone.since.plus(PATIENCE))
        && collections() - gone.collections >= COLLECTIONS;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(bean -> UNLOADING.contains(bean.getName()))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
