package org.ladang.discovery.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ladang.discovery.EndpointSource;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Offer;
import org.ladang.discovery.provider.Entry.Source;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;

/** Who comes and goes, from wherever: the only writer of the register. All of it under the monitor. */
final class Endpoints {
  private final Register register;
  private final Kept kept;
  private final Clock clock;
  private final Events events;
  private final String zone;

  private boolean closed;
  private final Map<Object, List<Entry>> services = new IdentityHashMap<>();

  /** What each source has said last. */
  private final Map<EndpointSource, Said> sources = new IdentityHashMap<>();

  private record Said(Source kind, Map<String, Entry> entries) {}

  Endpoints(Register register, Kept kept, Clock clock, Events events, String zone) {
    this.register = register;
    this.kept = kept;
    this.clock = clock;
    this.events = events;
    this.zone = zone;
  }

  /** What the former provider, or the former run, has left. */
  synchronized void restore() {
    for (Kept.Registered each : kept.offers()) {
      add(each.offer(), each.forever() ? Source.KEPT : Source.REGISTERED, null);
    }
  }

  /**
   * Nothing changes any more. Whoever stops this room takes its references away next, one by one, and the pools belong to
   * the next provider by then.
   */
  synchronized void close() {
    closed = true;
  }

  // Local services.

  synchronized void bind(Object service, Map<String, Object> properties) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Offer offer : LocalOffers.of(properties, zone)) {
        Entry entry = add(offer, Source.SERVICE, service);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (LadangException e) {
      refused(String.valueOf(properties.get("component.name")), e);
    }
    services.put(service, entries);
  }

  synchronized void unbind(Object service) {
    List<Entry> entries = services.remove(service);
    if (entries != null) {
      entries.forEach(entry -> goes(entry, "its service has gone"));
    }
  }

  // Sources.

  synchronized void bind(EndpointSource source, boolean configured) {
    Source kind = configured ? Source.CONFIGURATION : Source.SOURCE;
    sources.put(source, new Said(kind, new HashMap<>()));
    ask(source, sources.get(source));
  }

  synchronized void unbind(EndpointSource source) {
    Said said = sources.remove(source);
    if (said != null) {
      said.entries.values().forEach(entry -> goes(entry, "its source has gone"));
    }
  }

  /** Asks everybody what there is now. */
  synchronized void ask() {
    if (closed) {
      return;
    }
    new HashMap<>(sources).forEach(this::ask);
  }

  private void ask(EndpointSource source, Said said) {
    List<Offer> offers;
    try {
      offers = source.offers();
    } catch (RuntimeException e) {
      // What it said last holds until it speaks again, or goes.
      refused(source.toString(), e);
      return;
    }
    Set<String> named = new HashSet<>();
    for (Offer offer : offers) {
      String name = offer.instance().type() + "/" + offer.instance().id();
      named.add(name);
      Entry present = said.entries.get(name);
      if (present != null && present.instance().kind() == offer.instance().kind()) {
        if (present.renew(offer)) {
          register.changed(offer.instance().type());
        }
      } else {
        Entry added = add(offer, said.kind, null);
        if (added != null) {
          said.entries.put(name, added);
        }
      }
    }
    new HashMap<>(said.entries)
        .forEach(
            (name, entry) -> {
              if (!named.contains(name)) {
                said.entries.remove(name);
                goes(entry, "its source names it no more");
              }
            });
  }

  // Registered ones.

  synchronized void register(Offer offer, boolean forever) {
    Instance instance = offer.instance();
    if (instance.kind() == org.ladang.discovery.Kind.LOCAL) {
      throw new LadangException(
              "LADANG-DISCOVERY-003", "A local service is not registered by its address.")
          .next("Publish the service with the property discovery.endpoint.");
    }
    Source kind = forever ? Source.KEPT : Source.REGISTERED;
    Entry present = register.entry(instance.type(), instance.id()).orElse(null);
    if (present != null && !present.source.removable()) {
      throw notHere(present);
    }
    boolean same = present != null && present.source == kind && present.offer().equals(offer);
    if (!same) {
      kept.put(offer, forever);
    }
    if (present != null && present.source == kind && present.instance().kind() == instance.kind()) {
      if (present.renew(offer)) {
        register.changed(instance.type());
      }
    } else {
      add(offer, kind, null);
    }
  }

  synchronized void remove(String type, String id) {
    Entry entry = known(type, id);
    if (!entry.source.removable()) {
      throw notHere(entry);
    }
    goes(entry, "it was removed");
  }

  synchronized void drain(String type, String id, boolean on) {
    Entry entry = known(type, id);
    if (entry.draining() != on) {
      kept.drain(entry.instance(), on);
      entry.draining(on);
      register.healthChanged(entry);
      events.info(
          on ? "discovery.draining" : "discovery.drain_ended",
          type,
          on
              ? id + " of " + type + " gets no new calls."
              : id + " of " + type + " gets calls again.");
    }
  }

  private Entry known(String type, String id) {
    register.info(type);
    return register
        .entry(type, id)
        .orElseThrow(
            () ->
                new LadangException("LADANG-DISCOVERY-002", type + " has no endpoint " + id + ".")
                    .next("service:info " + type + " lists them."));
  }

  private static LadangException notHere(Entry entry) {
    return new LadangException(
            "LADANG-DISCOVERY-005",
            entry.id()
                + " of "
                + entry.instance().type()
                + " is brought by a "
                + entry.source.word()
                + ": it is changed and removed there.")
        .next("service:drain keeps calls from it meanwhile.");
  }

  // The register.

  /** Adds an endpoint; null where another one of its name wins. */
  private Entry add(Offer offer, Source source, Object service) {
    Instance instance = offer.instance();
    Entry present = register.entry(instance.type(), instance.id()).orElse(null);
    if (closed || present != null && present.source.compareTo(source) < 0) {
      return null;
    }
    boolean draining = kept.drained(instance);
    Entry entry = new Entry(offer, source, service, draining, clock);
    register.put(entry);
    events.info(
        "discovery.came",
        instance.type(),
        instance.id() + " offers " + instance.type() + " from now on.");
    return entry;
  }

  synchronized void goes(Entry entry, String why) {
    if (!closed && register.remove(entry)) {
      if (entry.source.removable()) {
        kept.remove(entry.instance());
      }
      events.info(
          "discovery.went",
          entry.instance().type(),
          entry.id() + " does not offer " + entry.instance().type() + " any more: " + why + ".");
    }
  }

  private void refused(String who, RuntimeException e) {
    String line = e instanceof LadangException said ? said.line() : e.toString();
    events.warning("discovery.refused", who, "An endpoint is refused: " + line);
  }
}
