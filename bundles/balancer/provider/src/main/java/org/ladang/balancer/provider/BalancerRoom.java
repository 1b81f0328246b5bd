package org.ladang.balancer.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.ladang.balancer.Algorithm;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.LoadReport;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.Permit;
import org.ladang.balancer.PoolSource;
import org.ladang.balancer.PoolSpec;
import org.ladang.balancer.PoolStats;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.States;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The pools by name, the algorithms that are there, and the wishes of operators that outlive a restart. */
@LadangSubsystem(name = "balancer", title = "Balancers")
@Component(service = Balancers.class, immediate = true)
public final class BalancerRoom implements Balancers {
  private static final Duration TICK = Duration.ofMillis(200);

  private record Named(Balancer balancer, String title) {}

  private final Clock clock;
  private final Dice dice;
  private final Events events;
  private final Wishes wishes;
  private final Ledger ledger;
  private final Scheduler.Task ticking;

  private final ConcurrentSkipListMap<String, Named> algorithms = new ConcurrentSkipListMap<>();
  private final Map<String, Pool> pools;

  // Under the monitor.
  private final Map<String, PoolSpec> wanted = new TreeMap<>();
  private final Map<PoolSource, Set<String>> sources = new HashMap<>();
  private boolean stopped;
  private int troubles;

  /** Made by DS. */
  @Activate
  public BalancerRoom(
      @Reference Clock clock,
      @Reference Scheduler scheduler,
      @Reference Events events,
      @Reference States states) {
    this(
        clock,
        Dice.REAL,
        scheduler,
        events,
        new Wishes(states.open("balancer")),
        new Ledger(states.open("balancer-counts"), clock, process()));
  }

  BalancerRoom(
      Clock clock, Dice dice, Scheduler scheduler, Events events, Wishes wishes, Ledger ledger) {
    this.ledger = ledger;
    this.clock = clock;
    this.dice = dice;
    this.events = events;
    this.wishes = wishes;
    pools = new ConcurrentHashMap<>();
    algorithms.put(RoundRobin.NAMED, new Named(new RoundRobin(), "One after the other."));
    wishes.pools().forEach(spec -> wanted.put(spec.name(), spec));
    wanted.keySet().forEach(this::apply);
    ticking = scheduler.every(TICK, "ladang-balancer-tick", this::tick);
  }

  /** Names this run of the process. */
  private static String process() {
    ProcessHandle me = ProcessHandle.current();
    return me.pid() + "@" + me.info().startInstant().map(Object::toString).orElse("");
  }

  @Deactivate
  synchronized void stop() {
    ticking.cancel();
    stopped = true;
    ledger.close(pools);
  }

  void tick() {
    pools.values().forEach(Pool::tick);
    keep();
  }

  private synchronized void keep() {
    if (stopped) {
      return;
    }
    int now = 0;
    for (Pool pool : pools.values()) {
      now = 31 * now + pool.troubles();
    }
    if (now != troubles) {
      troubles = now;
      ledger.changed();
    }
    ledger
        .tick(pools)
        .forEach(
            (name, lines) -> {
              Pool pool = pools.get(name);
              if (pool != null) {
                pool.add(lines);
              }
            });
  }

  // Who comes and goes.

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindAlgorithm(Balancer balancer, Map<String, Object> properties) {
    if (properties.get(Balancer.NAME) instanceof String name) {
      String title = String.valueOf(properties.getOrDefault(Balancer.TITLE, ""));
      algorithms.put(name, new Named(balancer, title));
      applyAll();
    }
  }

  synchronized void unbindAlgorithm(Balancer balancer, Map<String, Object> properties) {
    // A room that was stopped loses its references one by one; that is no news.
    if (!stopped
        && properties.get(Balancer.NAME) instanceof String name
        && algorithms.values().removeIf(named -> named.balancer() == balancer)) {
      for (Pool pool : pools.values()) {
        if (pool.spec().algorithm().equals(name)) {
          events.warning(
              "balancer.algorithm_gone",
              pool.spec().name(),
              "The algorithm "
                  + name
                  + " has gone; endpoints are called in turn until it is back.");
        }
      }
      applyAll();
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindSource(PoolSource source) {
    Set<String> names = new HashSet<>();
    for (PoolSpec spec : source.pools()) {
      wanted.put(spec.name(), spec);
      names.add(spec.name());
    }
    sources.put(source, names);
    names.forEach(this::apply);
  }

  synchronized void unbindSource(PoolSource source) {
    Set<String> names = sources.remove(source);
    if (names != null) {
      names.forEach(this::remove);
    }
  }

  private void applyAll() {
    wanted.keySet().forEach(this::apply);
  }

  private void apply(String name) {
    PoolSpec spec = wanted.get(name);
    String chosen = wishes.algorithm(name).orElse(spec.algorithm());
    Named named = algorithms.get(chosen);
    Balancer balancer = (named == null ? algorithms.get(RoundRobin.NAMED) : named).balancer();
    PoolSpec effective = spec.with(chosen);
    Set<String> drained = wishes.drained(name);
    Pool pool = pools.get(name);
    if (pool == null) {
      pools.put(name, new Pool(effective, balancer, drained, ledger.of(name), clock, dice, events));
    } else {
      pool.set(effective, balancer, drained);
    }
  }

  // Calls.

  @Override
  public Endpoint pick(String pool, Ask ask) {
    return pool(pool).pick(ask);
  }

  @Override
  public void done(String pool, String endpoint, Outcome outcome, long took) {
    pool(pool).done(endpoint, outcome, took);
  }

  @Override
  public void record(String pool, String endpoint, Outcome outcome, long took) {
    pool(pool).record(endpoint, outcome, took);
  }

  @Override
  public void record(String pool, String endpoint, int times, long took) {
    pool(pool).record(endpoint, times, took);
  }

  @Override
  public Permit canExecute(String pool, Ask ask) {
    return pool(pool).canExecute(ask);
  }

  @Override
  public void report(String pool, String endpoint, LoadReport load) {
    pool(pool).report(endpoint, load);
  }

  @Override
  public void health(String pool, String endpoint, boolean up, String why) {
    pool(pool).health(endpoint, up, why);
  }

  @Override
  public synchronized void drain(String pool, String endpoint, boolean on) {
    pool(pool).drain(endpoint, on);
    wishes.drain(pool, endpoint, on);
  }

  // Pools.

  @Override
  public synchronized void set(PoolSpec pool) {
    exists(pool.algorithm());
    wanted.put(pool.name(), pool);
    apply(pool.name());
  }

  @Override
  public synchronized void keep(PoolSpec pool) {
    exists(pool.algorithm());
    notOfARoom(pool.name());
    wishes.pool(pool);
    wanted.put(pool.name(), pool);
    choose(pool.name(), pool.algorithm());
  }

  @Override
  public synchronized void choose(String name, String algorithm) {
    exists(algorithm);
    if (!wanted.containsKey(name)) {
      throw noPool(name);
    }
    wishes.algorithm(name, algorithm);
    apply(name);
    events.info("balancer.changed", name, "The pool " + name + " picks by " + algorithm + ".");
  }

  @Override
  public synchronized void remove(String pool) {
    wanted.remove(pool);
    pools.remove(pool);
  }

  @Override
  public synchronized void forget(String name) {
    pool(name);
    notOfARoom(name);
    wishes.forget(name);
    remove(name);
  }

  private void notOfARoom(String name) {
    if (sources.values().stream().anyMatch(names -> names.contains(name))) {
      throw new LadangException(
              "LADANG-BALANCER-008",
              "The endpoints of the pool " + name + " are kept by the room that made it.")
          .next("balancer:set " + name + " algorithm=NAME changes its algorithm.");
    }
  }

  @Override
  public List<Algorithm> algorithms() {
    List<Algorithm> all = new ArrayList<>();
    algorithms.forEach(
        (name, named) ->
            all.add(
                new Algorithm(
                    name,
                    named.title(),
                    pools.values().stream()
                        .map(Pool::spec)
                        .filter(spec -> spec.algorithm().equals(name))
                        .map(PoolSpec::name)
                        .sorted()
                        .toList())));
    return all;
  }

  @Override
  public List<String> pools() {
    return pools.keySet().stream().sorted().toList();
  }

  @Override
  public PoolStats stats(String pool) {
    return pool(pool).stats();
  }

  private Pool pool(String name) {
    Pool pool = pools.get(name);
    if (pool == null) {
      throw noPool(name);
    }
    return pool;
  }

  private static LadangException noPool(String name) {
    return new LadangException("LADANG-BALANCER-001", "There is no pool " + name + ".")
        .next("balancer:list shows the pools.");
  }

  private void exists(String algorithm) {
    if (!algorithms.containsKey(algorithm)) {
      throw new LadangException("LADANG-BALANCER-007", "There is no algorithm " + algorithm + ".")
          .next("There are " + String.join(", ", algorithms.keySet()) + ".");
    }
  }
}
