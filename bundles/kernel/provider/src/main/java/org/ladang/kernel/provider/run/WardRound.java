package org.ladang.kernel.provider.run;

import java.util.concurrent.TimeUnit;
import org.ladang.kernel.Clock;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.Stopping;

/**
 * When the ward is looked after: when something has changed, when a restart is due, and every ten seconds all the same,
 * since a component without a service dies silently. Takes at most a twentieth of a thread.
 */
final class WardRound implements Runnable {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int REST = 20;

  private final Ward ward;
  private final Pulse pulse;
  private final Stopping stopping;
  private final Clock clock;
  private volatile boolean open;
  private long seen = -1;
  private long last;
  private long took;

  WardRound(Ward ward, Pulse pulse, Stopping stopping, Clock clock) {
    this.ward = ward;
    this.pulse = pulse;
    this.stopping = stopping;
    this.clock = clock;
  }

  /** The start is over: until then a plugin that does not serve yet is not ill. */
  void open() {
    open = true;
  }

  @Override
  public void run() {
    if (!open || stopping.now()) {
      return;
    }
    long now = clock.nanos();
    long beats = pulse.beats();
    boolean rested = now - last >= took * REST;
    boolean reason = beats != seen || ward.due() || now - last >= LONGEST_NANOS;
    if (rested && reason) {
      seen = beats;
      ward.look();
      last = clock.nanos();
      took = last - now;
    }
  }
}
