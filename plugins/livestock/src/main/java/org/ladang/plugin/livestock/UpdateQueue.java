package org.ladang.plugin.livestock;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What has to be drawn anew, and three workers who draw. A board stands in the queue once, however often it is to be
 * drawn, and no two workers draw the same one at a time; one that is to be drawn again while it is being drawn is.
 */
final class UpdateQueue implements AutoCloseable {
  static final int WORKERS = 3;

  private final Consumer<String> drawing;
  private final ExecutorService workers;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<String> drawn = new HashSet<>();
  private int working;

  /**
   * @param drawing draws one; must not throw
   */
  UpdateQueue(Consumer<String> drawing) {
    AtomicInteger number = new AtomicInteger();
    this.drawing = drawing;
    this.workers =
        Executors.newFixedThreadPool(
            WORKERS,
            task -> {
              Thread thread = new Thread(task, "livestock-update-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  void add(String channel) {
    synchronized (waiting) {
      if (workers.isShutdown()) {
        return;
      }
      waiting.add(channel);
      if (working < WORKERS) {
        working++;
        workers.execute(this::work);
      }
    }
  }

  int length() {
    synchronized (waiting) {
      return waiting.size() + drawn.size();
    }
  }

  private void work() {
    for (String channel = next(); channel != null; channel = next()) {
      try {
        drawing.accept(channel);
      } finally {
        synchronized (waiting) {
          drawn.remove(channel);
        }
      }
    }
  }

  /** One that nobody is drawing; null when this worker may go. Whoever draws a board that waits comes back for it. */
  private String next() {
    synchronized (waiting) {
      for (String channel : waiting) {
        if (!drawn.contains(channel) && !workers.isShutdown()) {
          waiting.remove(channel);
          drawn.add(channel);
          return channel;
        }
      }
      working--;
      return null;
    }
  }

  @Override
  public void close() {
    synchronized (waiting) {
      waiting.clear();
      workers.shutdownNow();
    }
  }
}
