package org.ladang.deploy.provider;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ladang.kernel.Clock;

/**
 * What the worker has to look at next: names that were touched, or everything, and orders of operators. Bounded: too
 * many names become «everything», too many orders are refused. Safe for any thread.
 */
final class Mailbox {
  private static final int MOST_NAMES = 1_024;
  private static final int MOST_ORDERS = 256;

  /**
   * What has come in since the last time.
   *
   * @param everything whether the whole folder is to be looked at
   * @param names file name to when it was first touched, in nanoseconds of the clock
   * @param orders what operators want, in order
   */
  record Mail(boolean everything, Map<String, Long> names, List<Runnable> orders) {}

  private record Order(Runnable work, Runnable dropped) {}

  private final Clock clock;
  private final Map<String, Long> names = new HashMap<>();
  private final Deque<Order> orders = new ArrayDeque<>();
  private boolean everything;
  private boolean rung;
  private boolean closed;

  Mailbox(Clock clock) {
    this.clock = clock;
  }

  synchronized void touch(String name) {
    if (Inbox.ignored(name)) {
      return;
    }
    if (names.size() >= MOST_NAMES) {
      everything = true;
    } else {
      names.putIfAbsent(name, clock.nanos());
    }
    notifyAll();
  }

  synchronized void touchEverything() {
    everything = true;
    notifyAll();
  }

  /**
   * Takes an order.
   *
   * @param work is done by the worker
   * @param dropped is called instead where the worker ends first
   * @return whether it was taken; not where too many wait already
   */
  boolean order(Runnable work, Runnable dropped) {
    synchronized (this) {
      if (!closed) {
        if (orders.size() >= MOST_ORDERS) {
          return false;
        }
        orders.add(new Order(work, dropped));
        notifyAll();
        return true;
      }
    }
    dropped.run();
    return true;
  }

  /** Wakes the worker: something is done that it has begun. */
  synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /** Orders are taken again. */
  synchronized void open() {
    closed = false;
  }

  /** No order is taken any more; those that wait are told so. */
  void close() {
    List<Order> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(orders);
      orders.clear();
      rung = true;
      notifyAll();
    }
    left.forEach(o -> o.dropped().run());
  }

  /** What has come in; waits for something to come, but not longer than {@code nanos}. */
  synchronized Mail take(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (!everything && !rung && names.isEmpty() && orders.isEmpty()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    Mail mail = new Mail(everything, Map.copyOf(names), takeOrders());
    everything = false;
    rung = false;
    names.clear();
    return mail;
  }

  /** Whether an operator waits. */
  synchronized boolean hasOrders() {
    return !orders.isEmpty();
  }

  /** Takes the orders only, for the worker to do between two files. */
  synchronized List<Runnable> takeOrders() {
    List<Runnable> taken = orders.stream().map(Order::work).toList();
    orders.clear();
    return taken;
  }
}
