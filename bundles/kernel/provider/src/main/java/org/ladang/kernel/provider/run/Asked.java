package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks foreign code on a thread of its own: what never answers costs that thread, and nothing else. */
final class Asked {
  private Asked() {}

  /**
   * Waits for the answer; a thread that is late is interrupted and left to itself.
   *
   * @param name the thread's
   */
  static <T> T under(Duration deadline, String name, Callable<T> question)
      throws TimeoutException, InterruptedException, ExecutionException {
    FutureTask<T> answer = new FutureTask<>(question);
    Thread thread = new Thread(answer, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw e;
    }
  }
}
