package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the last calls leave a bundle, then stops it. */
final class Retirement {
  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final ServiceBroker broker;
  private final Installer installer;
  private final Duration drain;

  Retirement(ServiceBroker broker, Installer installer, Duration drain) {
    this.broker = broker;
    this.installer = installer;
    this.drain = drain;
  }

  /** New calls no longer reach it: waits for the last one, stops and uninstalls. */
  boolean drainAndDiscard(Resident.Occupant former) {
    if (former.bundle() == null) {
      return true;
    }
    drain(former);
    broker.retired(former.bundle());
    return installer.discard(former);
  }

  /** As {@link #drainAndDiscard}, but the bundle stays installed, ready to be started again. */
  boolean drainAndStop(Resident.Occupant former) {
    drain(former);
    broker.retired(former.bundle());
    return installer.stop(former.bundle());
  }

  /** For a bundle that does not serve: calls that wait for it are told why. */
  boolean retire(Resident.Occupant former, String sentence) {
    broker.withdraw(former.entry().symbolicName(), sentence);
    return drainAndDiscard(former);
  }

  private void drain(Resident.Occupant former) {
    long end = System.nanoTime() + drain.toNanos();
    while (broker.busy(former.bundle()) > 0) {
      if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
        LOG.warn(
            "{} is stopped with {} calls still inside after {} s",
            former.entry().symbolicName(),
            broker.busy(former.bundle()),
            drain.toSeconds());
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
