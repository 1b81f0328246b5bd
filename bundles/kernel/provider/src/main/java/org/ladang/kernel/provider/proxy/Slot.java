package org.ladang.kernel.provider.proxy;

import java.util.concurrent.TimeUnit;
import org.ladang.kernel.LadangException;

/**
 * The pointer behind a stable proxy: to the one target that new calls go to, or to none. Entering costs two adders and
 * two volatile reads; there is no lock on that path.
 *
 * <p>A call enters in this order: read the pointer, count itself in, read the pointer again. Whoever moves the pointer
 * and then finds the old target idle therefore knows that nobody can still enter it (Dekker's argument; both sides use
 * volatile or stronger accesses).
 */
public final class Slot {
  /** For how long a call waits for a target at the most, unless its deadline is earlier. */
  static final long PROXY_GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Identity identity;
  private final boolean exclusive;
  private final Stopping stopping;
  private final Object arrival = new Object();
  private volatile Target target;
  private volatile boolean held;
  private volatile String gone = "";

  /**
   * @param exclusive whether two versions of the owner must not run beside each other
   */
  Slot(Identity identity, boolean exclusive, Stopping stopping) {
    this.identity = identity;
    this.exclusive = exclusive;
    this.stopping = stopping;
  }

  Identity identity() {
    return identity;
  }

  /** Where new calls go; null for nowhere. */
  public Target target() {
    return target;
  }

  /** Whether there is no target and none is on its way. */
  boolean vacant() {
    if (target != null) {
      return false;
    }
    synchronized (arrival) {
      return target == null && !held;
    }
  }

  /** Begins a call; the caller must {@link #leave} the returned target. */
  public Target enter(long graceNanos) {
    long deadline = 0;
    while (true) {
      Target now = target;
      if (now != null && (!held || Inside.of(now.bundle()))) {
        now.entering();
        // Second look: has the pointer moved, or was the slot held, while we counted ourselves in?
        if (target == now && (!held || Inside.of(now.bundle()))) {
          if (exclusive) {
            Inside.push(now.bundle());
          }
          return now;
        }
        now.leave();
      }
      if (deadline == 0) {
        deadline = System.nanoTime() + graceNanos;
      }
      await(deadline);
    }
  }

  /** Ends the part of a call that runs on the caller's thread; the target stays busy until {@link Target#leave}. */
  void step(Target entered) {
    if (exclusive && entered != null) {
      Inside.pop();
    }
  }

  /** Ends a call. */
  public void leave(Target entered) {
    step(entered);
    entered.leave();
  }

  /** Ends a call whose result arrives later: the target stays busy until {@link Target#leave} is called for it. */
  public void leaveLater(Target entered) {
    step(entered);
  }

  /** Sends new calls to {@code next}. */
  void flip(Target next) {
    synchronized (arrival) {
      gone = "";
      target = next;
      held = false;
      arrival.notifyAll();
    }
  }

  /** Lets new calls wait; those from inside the target pass. */
  void hold() {
    synchronized (arrival) {
      held = true;
    }
  }

  /** Lets new calls go on to the present target. */
  void release() {
    synchronized (arrival) {
      held = false;
      arrival.notifyAll();
    }
  }

  /** Takes the target away, if it is still that one; new calls wait for the next. */
  void clear(Target former) {
    synchronized (arrival) {
      if (target == former) {
        target = null;
      }
    }
  }

  /** No target will come: waiting and new calls fail with that sentence. */
  void close(String sentence) {
    synchronized (arrival) {
      gone = sentence;
      target = null;
      held = false;
      arrival.notifyAll();
    }
  }

  private void await(long deadline) {
    synchronized (arrival) {
      if (target != null && !held) {
        return;
      }
      long rest = deadline - System.nanoTime();
      if (!gone.isEmpty() || stopping.now() || rest <= 0) {
        throw refusal();
      }
      try {
        // Short naps as well: whether the framework stops is not announced here.
        TimeUnit.NANOSECONDS.timedWait(
            arrival, Math.min(rest, TimeUnit.MILLISECONDS.toNanos(100)) + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LadangException(
            "LADANG-PROXY-002", "The call of " + identity + " was interrupted while it waited.", e);
      }
    }
  }

  private LadangException refusal() {
    String why =
        !gone.isEmpty()
            ? gone
            : stopping.now()
                ? "the runtime is stopping."
                : "its bundle is not running and did not come back in time.";
    return new LadangException("LADANG-PROXY-001", "There is no " + identity + ": " + why)
        .next("Ask `plugin:why " + identity.owner() + "` for the cause.")
        .with("owner", identity.owner());
  }
}
