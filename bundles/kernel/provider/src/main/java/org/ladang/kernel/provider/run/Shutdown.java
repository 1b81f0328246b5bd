package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.provider.proxy.Stopping;
import org.ladang.kernel.swap.Kind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops in good order when the framework begins to stop: plugins and plain bundles, then rooms from the end of their line, then Felix goes
 * on with the base. What never returns is named and, in the end, not waited for.
 */
final class Shutdown implements SynchronousBundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  // The threads on which bundles are started and stopped; others belong to the JVM.
  private static final Pattern OURS =
      Pattern.compile("^ladang-|FelixDispatchQueue|FelixStartLevel|SCR");

  private final BundleSwapper swapper;
  private final ServiceBroker broker;
  private final Installer installer;
  private final Stopping stopping;
  private final Duration limit;
  private final Runnable begin;

  /**
   * @param limit after that the JVM is halted, whatever still runs
   * @param begin is run first
   */
  Shutdown(
      BundleSwapper swapper,
      ServiceBroker broker,
      Installer installer,
      Stopping stopping,
      Duration limit,
      Runnable begin) {
    this.swapper = swapper;
    this.broker = broker;
    this.installer = installer;
    this.stopping = stopping;
    this.limit = limit;
    this.begin = begin;
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getBundle().getBundleId() == 0 && event.getType() == BundleEvent.STOPPING) {
      run(event.getBundle());
    }
  }

  private void run(Bundle framework) {
    haltLater(framework);
    stopping.begin();
    begin.run();
    List<Resident.Occupant> all = swapper.occupants();
    stop(all.stream().filter(o -> o.passport().kind() == Kind.PLUGIN).toList());
    stop(all.stream().filter(o -> o.passport().kind() == Kind.PLAIN).toList());
    List<Resident.Occupant> rooms =
        new ArrayList<>(
            RoomOrder.of(all.stream().filter(o -> o.passport().kind() == Kind.SUBSYSTEM).toList()));
    Collections.reverse(rooms);
    rooms.forEach(o -> stop(List.of(o)));
  }

  private void stop(List<Resident.Occupant> occupants) {
    for (Resident.Occupant occupant : occupants) {
      broker.retired(occupant.bundle());
      installer.stop(occupant.bundle());
    }
  }

  /** A bundle whose activator hangs blocks the framework's stop for ever; the process must end all the same. */
  private void haltLater(Bundle framework) {
    Thread halt =
        new Thread(
            () -> {
              long end = System.nanoTime() + limit.toNanos();
              while (framework.getState() == Bundle.STOPPING) {
                if (System.nanoTime() >= end) {
                  halt();
                }
                LockSupport.parkNanos(LOOK_NANOS);
              }
            },
            "ladang-halt");
    halt.setDaemon(true);
    halt.start();
  }

  private void halt() {
    LOG.error("the stop has taken {} s and is cut short; still running:", limit.toSeconds());
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              if (frames.length > 0 && OURS.matcher(thread.getName()).find()) {
                LOG.error("  {} at {}", thread.getName(), frames[0]);
              }
            });
    Runtime.getRuntime().halt(3);
  }
}
