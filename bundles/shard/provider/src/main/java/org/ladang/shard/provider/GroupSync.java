package org.ladang.shard.provider;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit: whoever comes while the disk is being told waits for the next telling, which serves all that came until
 * then. One telling costs the same for one writer and for fifty.
 */
final class GroupSync {
  /** Tells the disk. */
  interface Telling {
    void run() throws SQLException;
  }

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Telling telling;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private long begun;
  private long done;
  private boolean busy;

  GroupSync(Telling telling) {
    this.telling = telling;
  }

  /** Returns when a telling has ended that began after this was called. */
  void await() throws SQLException {
    lock.lock();
    try {
      long wanted = begun + 1;
      long left = WAIT_NANOS;
      while (done < wanted) {
        if (!busy) {
          lead();
        } else {
          left = waitFor(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private long waitFor(long left) throws SQLException {
    try {
      long still = told.awaitNanos(left);
      if (still <= 0) {
        throw new SQLException("The disk does not answer");
      }
      return still;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while the disk was told to keep the write", e);
    }
  }

  /** With the lock, which is given back meanwhile. */
  private void lead() throws SQLException {
    busy = true;
    begun++;
    long mine = begun;
    lock.unlock();
    boolean good = false;
    try {
      telling.run();
      good = true;
    } finally {
      lock.lock();
      busy = false;
      if (good) {
        done = mine;
      }
      told.signalAll();
    }
  }
}
