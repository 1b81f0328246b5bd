package org.ladang.discovery.provider;

import java.util.Map;
import java.util.concurrent.CompletionException;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.provider.Probe.Finding;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/** Asks endpoints again and again whether they are alive, one check of each at a time, and believes what calls say. */
final class Checker {
  private final Register register;
  private final Map<Kind, Probe> probes;
  private final Clock clock;
  private final Events events;

  /** Written by the one thread that ticks. */
  private volatile long ticks;

  Checker(Register register, Map<Kind, Probe> probes, Clock clock, Events events) {
    this.register = register;
    this.probes = probes;
    this.clock = clock;
    this.events = events;
  }

  /** How often there was a tick: a clock of 50 ms that costs nothing to read. */
  long ticks() {
    return ticks;
  }

  /** Starts the checks that are due. */
  void tick() {
    ticks = ticks + 1;
    for (Entry entry : register.all()) {
      if (entry.vitals.tick()) {
        up(entry);
      }
      if (entry.due() && entry.checking.compareAndSet(false, true)) {
        begin(entry);
      }
    }
  }

  private void begin(Entry entry) {
    long begun = clock.nanos();
    try {
      probes
          .get(entry.instance().kind())
          .ask(entry)
          .whenComplete((finding, failure) -> ended(entry, begun, finding, failure));
    } catch (RuntimeException e) {
      ended(entry, begun, null, e);
    }
  }

  private void ended(Entry entry, long begun, Finding finding, Throwable failure) {
    try {
      entry.checked(clock.nanos() - begun);
      take(entry, failure == null ? finding : Finding.sick(said(failure)));
    } finally {
      entry.checking.set(false);
    }
  }

  /** A check, or a call that says as much, has found something. */
  void take(Entry entry, Finding finding) {
    if (finding.well()) {
      if (entry.vitals.good()) {
        up(entry);
      }
    } else if (entry.vitals.bad(finding.why(), finding.certain())) {
      register.healthChanged(entry);
      Instance instance = entry.instance();
      events.warning(
          "discovery.down",
          instance.type(),
          instance.id() + " of " + instance.type() + " is down: " + finding.why());
    }
  }

  private void up(Entry entry) {
    register.healthChanged(entry);
    Instance instance = entry.instance();
    events.info(
        "discovery.up", instance.type(), instance.id() + " of " + instance.type() + " is up.");
  }

  /** A call to it failed in a way that may have other causes: it is asked at once. */
  void doubt(Entry entry) {
    entry.doubt();
  }

  static String said(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
