package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of this room: named, bounded, gone when nobody needs them, ended with the room. */
final class Threads implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int FOR_HTTP = 4;
  private static final int FOR_CHECKS = 16;
  private static final int FOR_DATABASES = 64;
  private static final int FOR_ANSWERS = 64;

  /** For the HTTP client's own work; what waits there is bounded by the calls under way. */
  final ExecutorService http = pool("ladang-discovery-http", FOR_HTTP, true);

  /** For what callers do when an answer is there: they may take their time, the client and the checks do not wait. */
  final ExecutorService answers = pool("ladang-discovery-answer", FOR_ANSWERS, false);

  /** For methods that are called as checks. */
  final ExecutorService checks = pool("ladang-discovery-check", FOR_CHECKS, false);

  /** For statements. */
  final ExecutorService databases = pool("ladang-discovery-database", FOR_DATABASES, false);

  private static ExecutorService pool(String name, int most, boolean queue) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            queue ? most : 0,
            most,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            queue ? new LinkedBlockingQueue<>() : new SynchronousQueue<>(),
            factory);
    pool.allowCoreThreadTimeOut(queue);
    return pool;
  }

  @Override
  public void close() {
    checks.shutdownNow();
    databases.shutdownNow();
    answers.shutdown();
    http.shutdown();
  }
}
