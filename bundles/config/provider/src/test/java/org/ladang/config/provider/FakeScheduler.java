package org.ladang.config.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ladang.kernel.Scheduler;

/** Runs the repeated tasks when the test says so. */
final class FakeScheduler implements Scheduler {
  private final List<Runnable> tasks = new ArrayList<>();

  @Override
  public Task after(Duration delay, String name, Runnable task) {
    throw new AssertionError("Nothing here runs later only once.");
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  void turn() {
    List.copyOf(tasks).forEach(Runnable::run);
  }

  boolean idle() {
    return tasks.isEmpty();
  }
}
