package org.ladang.kernel;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs tasks later, on threads of the kernel that carry the task's name. A task that throws is logged; a repeated one
 * goes on. Whoever schedules a task cancels it in {@code @Deactivate}.
 */
@ProviderType
public interface Scheduler {
  /** Runs {@code task} once after {@code delay}. */
  Task after(Duration delay, String name, Runnable task);

  /** Runs {@code task} again and again, {@code period} between the end of one run and the start of the next. */
  Task every(Duration period, String name, Runnable task);

  /** A task that waits or repeats. */
  @ProviderType
  interface Task {
    /** No further run begins after this returns; a run that is under way goes on. Idempotent. */
    void cancel();
  }
}
