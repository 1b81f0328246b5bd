package org.ladang.bench.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Some threads that do the same thing a number of times each. */
final class Load {
  /** One operation; given its number and the thread's source of randomness. */
  interface Operation {
    void run(int number, SplittableRandom random) throws Exception;
  }

  /**
   * What came of it.
   *
   * @param p50 in nanoseconds
   * @param perSecond operations of all threads together
   */
  record Result(double p50, double perSecond) {}

  private Load() {}

  static Result run(int threads, int times, long seed, Operation operation) {
    long[][] nanos = new long[threads][times];
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int me = t;
      Thread thread =
          new Thread(
              () -> {
                SplittableRandom random = new SplittableRandom(seed * 31 + me);
                ready.countDown();
                try {
                  go.await();
                  for (int i = 0; i < times; i++) {
                    long began = System.nanoTime();
                    operation.run(me * times + i, random);
                    nanos[me][i] = System.nanoTime() - began;
                  }
                } catch (Exception e) {
                  failure.compareAndSet(null, e);
                }
              },
              "load-" + t);
      thread.start();
      all.add(thread);
    }
    try {
      ready.await();
      long began = System.nanoTime();
      go.countDown();
      for (Thread thread : all) {
        thread.join();
      }
      long took = System.nanoTime() - began;
      if (failure.get() != null) {
        throw new IllegalStateException(failure.get());
      }
      long[] sorted = Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
      return new Result(sorted[sorted.length / 2], sorted.length * 1e9 / took);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
