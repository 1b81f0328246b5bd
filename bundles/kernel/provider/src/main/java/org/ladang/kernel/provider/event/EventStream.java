package org.ladang.kernel.provider.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.EventListener;
import org.ladang.kernel.Events;
import org.ladang.kernel.provider.json.Json;
import org.ladang.kernel.provider.proxy.ProxyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest events and tells the listeners of each, in order, on one thread. When listeners are slower than
 * events come, the oldest that were not yet told are dropped and counted.
 */
public final class EventStream implements Events, AutoCloseable {
  /** How many events are kept, and how many may wait to be told. */
  static final int KEPT = 4096;

  private static final long CLOSE_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final Clock clock;
  private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private final Deque<Event> kept = new ArrayDeque<>();
  private final Deque<Event> waiting = new ArrayDeque<>();
  private final Thread teller;
  private long dropped;
  private boolean closed;

  /** Starts the thread that tells the listeners. */
  public EventStream(Clock clock) {
    this.clock = clock;
    this.teller = new Thread(this::tell, "ladang-events");
    teller.setDaemon(true);
    teller.start();
  }

  /** From now on {@code listener} is told. */
  public void add(EventListener listener) {
    listeners.add(listener);
  }

  /** From now on {@code listener} is no longer told; a call that is under way goes on. */
  public void remove(EventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {
    Event event =
        new Event(
            clock.now(),
            String.valueOf(type),
            severity == null ? Event.Severity.INFO : severity,
            subject == null ? "" : subject,
            sentence == null ? "" : sentence,
            clean(details));
    synchronized (lock) {
      if (kept.size() == KEPT) {
        kept.removeFirst();
      }
      kept.addLast(event);
      if (closed) {
        return;
      }
      if (waiting.size() == KEPT) {
        waiting.removeFirst();
        dropped++;
      }
      waiting.addLast(event);
      lock.notifyAll();
    }
  }

  /** Publishing never throws, so what an event cannot hold is left out or taken as text. */
  private static Map<String, Object> clean(Map<String, Object> details) {
    Map<String, Object> clean = new LinkedHashMap<>();
    if (details != null) {
      details.forEach(
          (key, value) -> {
            if (key != null && value != null) {
              clean.put(key, shaped(value));
            }
          });
    }
    return clean;
  }

  private static Object shaped(Object value) {
    try {
      return Json.frozen(value);
    } catch (IllegalArgumentException e) {
      return String.valueOf(value);
    }
  }

  @Override
  public List<Event> recent(String typePrefix, int limit) {
    List<Event> found = new ArrayList<>();
    synchronized (lock) {
      Iterator<Event> newestFirst = kept.descendingIterator();
      while (newestFirst.hasNext() && found.size() < limit) {
        Event event = newestFirst.next();
        if (event.type().startsWith(typePrefix)) {
          found.add(event);
        }
      }
    }
    return List.copyOf(found);
  }

  private void tell() {
    try {
      while (true) {
        Event event;
        long lost;
        synchronized (lock) {
          while (waiting.isEmpty()) {
            if (closed) {
              return;
            }
            lock.wait();
          }
          event = waiting.removeFirst();
          lost = dropped;
          dropped = 0;
        }
        if (lost > 0) {
          LOG.atWarn()
              .addKeyValue("dropped", lost)
              .log("Event listeners are too slow: they missed events.");
        }
        listeners.forEach(listener -> tell(listener, event));
      }
    } catch (InterruptedException e) {
      LOG.debug("Closed while a listener was slow.");
    }
  }

  private static void tell(EventListener listener, Event event) {
    if (ProxyHandler.vacant(listener)) {
      // Its room is gone; waiting for it would keep the others from being told.
      return;
    }
    try {
      listener.onEvent(event);
    } catch (Throwable e) {
      // Whatever a listener throws must not keep the others from being told.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("listener", listener.getClass().getName())
          .addKeyValue("event", event.type())
          .log("An event listener failed: " + e);
    }
  }

  /** Tells what waits, for a second at the most, and ends the thread. Later events are kept, but told to nobody. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      teller.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    teller.interrupt();
  }
}
