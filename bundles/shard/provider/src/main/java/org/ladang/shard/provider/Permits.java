package org.ladang.shard.provider;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How many operations may be in all databases at once: a thousand shards with fifty connections each are too many. */
final class Permits {
  private static final long WAIT_SECONDS = 5;

  private final int all;
  private final Semaphore free;

  Permits(int all) {
    this.all = all;
    this.free = new Semaphore(all, true);
  }

  int all() {
    return all;
  }

  int busy() {
    return all - free.availablePermits();
  }

  <T> T with(Supplier<T> operation) {
    // Who comes now goes behind those who wait: else one of them may wait for ever.
    if (free.hasQueuedThreads() || !free.tryAcquire()) {
      await();
    }
    try {
      return operation.get();
    } finally {
      free.release();
    }
  }

  private void await() {
    try {
      if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw Refusals.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusals.interrupted(e);
    }
  }
}
