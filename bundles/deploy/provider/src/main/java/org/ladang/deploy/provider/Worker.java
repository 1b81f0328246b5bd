package org.ladang.deploy.provider;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes what runs. It is never interrupted, since that would cut a swap in two; whoever stops it
 * waits a little and then leaves it to finish the file that is under way.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long AFTER_A_FAULT = TimeUnit.SECONDS.toNanos(1);

  private final Mailbox mailbox;
  private final Rounds rounds;
  private final Decisions decisions;
  private final Handover handover;
  private final Runnable resume;
  private final BooleanSupplier booted;
  private final CompletableFuture<Void> reconciled;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param resume finishes what a killed process had begun, before the first look
   * @param reconciled is completed when the inbox was reconciled with the generation for the first time
   * @param booted whether the kernel has tried to start all that the generation names
   */
  Worker(
      Mailbox mailbox,
      Rounds rounds,
      Decisions decisions,
      Handover handover,
      Runnable resume,
      CompletableFuture<Void> reconciled,
      BooleanSupplier booted) {
    this.mailbox = mailbox;
    this.rounds = rounds;
    this.decisions = decisions;
    this.handover = handover;
    this.resume = resume;
    this.reconciled = reconciled;
    this.booted = booted;
    this.thread = new Thread(this::run, "ladang-deploy");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** No further file is begun; waits up to two seconds for the one that is under way. */
  void close() {
    closed = true;
    decisions.close();
    mailbox.close();
    try {
      thread.join(decisions.handingOver() ? 1 : TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      handover.await(this::pause);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!booted.getAsBoolean() && System.nanoTime() < end && pause()) {
        LOG.trace("the kernel is still starting what the generation names");
      }
      resume.run();
      mailbox.touchEverything();
      long pause = 0;
      while (!closed) {
        pause = round(pause);
        if (decisions.settled()) {
          reconciled.complete(null);
        }
      }
      decisions.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reconciled.complete(null);
    }
  }

  /** A fault in one round must not end the room: the next one may find the world mended. */
  private long round(long pause) throws InterruptedException {
    try {
      return rounds.round(mailbox.take(pause));
    } catch (RuntimeException | LinkageError e) {
      if (!closed) {
        LOG.error("a look at the inbox failed; the next one follows in a second", e);
        mailbox.touchEverything();
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(AFTER_A_FAULT));
      }
      return 0;
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(20);
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
