package org.ladang.shard.provider;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who may be in a shard: operations share it, and whoever opens, closes, declares or rebuilds has it alone. Of those who
 * share it one at a time writes, so that the order of the commits is that of the outbox. Every wait has an end.
 */
final class ShardLocks {
  private static final Duration WAIT = Duration.ofSeconds(10);

  // Fair, so that who wants to be alone has a turn.
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final ReentrantLock writing = new ReentrantLock();

  /** With others; {@link #leave} ends it. */
  void enter() {
    acquire(lock.readLock());
  }

  /** The same if nobody is alone or wants to be. */
  boolean tryEnter() {
    return lock.readLock().tryLock();
  }

  void leave() {
    lock.readLock().unlock();
  }

  /** Beside those who are in, as the one who writes; {@link #written} ends it. */
  void write() {
    acquire(writing);
  }

  void written() {
    writing.unlock();
  }

  /** Runs a step while nobody else is in. */
  <T> T alone(Supplier<T> step) {
    acquire(lock.writeLock());
    try {
      return step.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void acquire(Lock one) {
    try {
      if (one.tryLock(WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusals.interrupted(e);
    }
    throw Refusals.busy();
  }
}
