package org.ladang.telemetry.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;

/** Time, tasks, events and meters that a test drives. */
final class Fakes implements Clock, Scheduler, Events, Meters {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final List<Due> due = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Reading> readings = new ArrayList<>();

  private record Due(Instant at, Runnable task) {}

  static Home home(Path root) {
    return new Home() {
      @Override
      public Path root() {
        return root;
      }

      @Override
      public String nodeId() {
        return "node";
      }

      @Override
      public String version() {
        return "0";
      }
    };
  }

  /** Lets time pass and runs what falls due, in its order. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (true) {
      Due first = null;
      for (Due candidate : due) {
        if (!candidate.at().isAfter(end)
            && (first == null || candidate.at().isBefore(first.at()))) {
          first = candidate;
        }
      }
      if (first == null) {
        now = end;
        return;
      }
      due.remove(first);
      now = first.at();
      first.task().run();
    }
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public Task after(Duration delay, String name, Runnable task) {
    Due planned = new Due(now.plus(delay), task);
    due.add(planned);
    return () -> due.remove(planned);
  }

  @Override
  public Task every(Duration period, String name, Runnable task) {
    throw new AssertionError("Nothing here repeats by itself.");
  }

  boolean idle() {
    return due.isEmpty();
  }

  @Override
  public void publish(
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {
    events.add(new Event(now, type, severity, subject, sentence, details));
  }

  @Override
  public List<Event> recent(String typePrefix, int limit) {
    return List.copyOf(events);
  }

  @Override
  public Counter counter(String name) {
    throw new AssertionError("Telemetry only reads.");
  }

  @Override
  public Timer timer(String name) {
    throw new AssertionError("Telemetry only reads.");
  }

  @Override
  public List<Reading> readings(String prefix) {
    return List.copyOf(readings);
  }
}
