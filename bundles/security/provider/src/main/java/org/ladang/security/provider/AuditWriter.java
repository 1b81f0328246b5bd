package org.ladang.security.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes what others put into a bounded queue: at once into the file, and at most every 200 ms by force
 * onto the disk. While the disk refuses it keeps its entries and tries again every second.
 */
final class AuditWriter {
  private static final Logger log = LoggerFactory.getLogger(AuditWriter.class);
  static final int CAPACITY = 4_096;
  private static final int BATCH = 512;
  private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration FULL_WAIT = Duration.ofSeconds(10);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final AuditLog file;
  private final Clock clock;
  private final Events events;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::run, "ladang-security-audit");
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile Optional<String> failure = Optional.empty();
  // Of the writer's thread alone.
  private final List<AuditEntry> batch = new ArrayList<>(BATCH);
  private final List<CountDownLatch> waiting = new ArrayList<>();
  private boolean unsynced;
  private long lastSync;

  AuditWriter(AuditLog file, Clock clock, Events events) {
    this.file = file;
    this.clock = clock;
    this.events = events;
    this.lastSync = System.nanoTime() - SYNC_NANOS;
    thread.setDaemon(true);
  }

  private sealed interface Item {
    /** Something to write. */
    record Entry(AuditEntry entry) implements Item {}

    /** Somebody who waits until all before it is on disk. */
    record Flush(CountDownLatch done) implements Item {}
  }

  void start() {
    thread.start();
  }

  /** Why the disk refuses; empty while all is well. */
  Optional<String> failure() {
    return failure;
  }

  /** How many entries could not be kept. */
  long lost() {
    return lost.get();
  }

  /**
   * Puts an entry into the queue: about a microsecond. When the queue is full the caller waits for room, at most ten
   * seconds; an entry that finds none, or none at once while the disk refuses, is counted, and the count is written as
   * soon as the disk takes entries again.
   */
  void put(AuditEntry entry) {
    Item item = new Item.Entry(entry);
    boolean kept = !stopping && (queue.offer(item) || failure.isEmpty() && offer(item, FULL_WAIT));
    if (!kept) {
      lost.incrementAndGet();
      log.atError().addKeyValue("action", entry.action()).log("An audit entry was lost.");
    }
  }

  /** Waits until all that was put before is on disk; says whether it is. */
  boolean flush(Duration atMost) {
    CountDownLatch done = new CountDownLatch(1);
    long deadline = System.nanoTime() + atMost.toNanos();
    if (!offer(new Item.Flush(done), atMost)) {
      return false;
    }
    try {
      return done.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes what is queued and ends the thread; waits at most five seconds. */
  void stop() {
    flush(STOP_WAIT);
    stopping = true;
    // No interrupt: it would close the file in the middle of a write.
    stop.countDown();
    // Wakes the thread; when there is no room it is awake.
    queue.offer(new Item.Flush(new CountDownLatch(1)));
    try {
      thread.join(STOP_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int left = queue.size();
    if (left > 1 || thread.isAlive()) {
      log.atError().addKeyValue("entries", left).log("Audit entries were lost at the stop.");
    }
  }

  /** Waits for room even if the caller is interrupted meanwhile: its call is done, and its trace must not be lost. */
  private boolean offer(Item item, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return queue.offer(item, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    while (!stopping || !queue.isEmpty()) {
      try {
        step();
      } catch (IOException | RuntimeException e) {
        failed(e);
        if (stopping) {
          break;
        }
        pause();
      }
    }
    try {
      file.sync();
      file.close();
    } catch (IOException | RuntimeException e) {
      log.warn("The audit trail could not be closed.", e);
    }
  }

  private void step() throws IOException {
    if (batch.isEmpty() && waiting.isEmpty()) {
      long due = unsynced ? lastSync + SYNC_NANOS - System.nanoTime() : SYNC_NANOS;
      Item first = poll(due);
      take(first);
      Item next = first;
      while (next != null && batch.size() < BATCH) {
        next = queue.poll();
        if (next != null) {
          take(next);
        }
      }
    }
    long missed = lost.get();
    if (missed > 0 && batch.size() <= BATCH) {
      batch.add(0, lostEntry(missed));
      lost.addAndGet(-missed);
    }
    if (!batch.isEmpty()) {
      unsynced = true;
      file.append(batch);
      batch.clear();
    }
    if (unsynced && (!waiting.isEmpty() || System.nanoTime() - lastSync >= SYNC_NANOS)) {
      file.sync();
      unsynced = false;
      lastSync = System.nanoTime();
    }
    waiting.forEach(CountDownLatch::countDown);
    waiting.clear();
    recovered();
  }

  private Item poll(long nanos) {
    try {
      return stopping ? queue.poll() : queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody does, the loop goes on.
      return null;
    }
  }

  private void take(Item item) {
    if (item instanceof Item.Entry entry) {
      batch.add(entry.entry());
    } else if (item instanceof Item.Flush flush) {
      waiting.add(flush.done());
    }
  }

  private AuditEntry lostEntry(long count) {
    return AuditEntry.internal(
        clock.now(),
        "security:audit.lost",
        Codes.AUDIT_FULL,
        count + " entries",
        "They found the queue full while the trail could not be written.");
  }

  private void failed(Exception e) {
    if (failure.isEmpty()) {
      log.error("The audit trail cannot be written.", e);
      events.error(
          "security.audit", "", "The audit trail cannot be written: " + e.getMessage() + ".");
    }
    failure = Optional.of(String.valueOf(e.getMessage()));
  }

  private void recovered() {
    if (failure.isPresent()) {
      failure = Optional.empty();
      events.info("security.audit", "", "The audit trail can be written again.");
    }
  }

  private void pause() {
    try {
      if (stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        log.debug("The last try before the stop.");
      }
    } catch (InterruptedException e) {
      log.debug("Interrupted, which nobody should do.", e);
    }
  }
}
