package org.ladang.breaker.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.BreakerState;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.RetrySettings;
import org.ladang.breaker.provider.Phase.Closed;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the policies are kept. What a breaker changes to is told as an event at once and noted on disk right after, on
 * another thread: no call waits for the disk.
 */
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int PERMIT_BITS = 16;

  private final Parts parts;
  private final Memory memory;
  private final Events events;
  private final Meters meters;
  private final UnaryOperator<String> versions;
  private final AtomicLong permits;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Map<String, PolicySettings> brought = new ConcurrentHashMap<>();
  private final Map<String, PolicySettings> made = new ConcurrentHashMap<>();
  private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean writing = new AtomicBoolean();
  private Scheduler.Task ticking;

  /**
   * @param versions of the plugin that a policy belongs to
   */
  Shelf(Parts parts, Memory memory, Events events, Meters meters, UnaryOperator<String> versions) {
    this.parts = parts;
    this.memory = memory;
    this.events = events;
    this.meters = meters;
    this.versions = versions;
    // Greater than what a former provider gave: it began earlier and gives fewer in a millisecond.
    this.permits = new AtomicLong(parts.clock().now().toEpochMilli() << PERMIT_BITS);
  }

  /**
   * Takes up what a former provider left.
   *
   * @param plugins settings of plugins that have none of their own
   */
  void start(BreakerSettings plugins) {
    for (PolicySettings settings : memory.made()) {
      made.put(settings.name(), settings);
      put(settings);
    }
    for (String name : memory.noted()) {
      if (name.startsWith(PluginCalls.PREFIX)) {
        plugin(name, plugins);
      }
    }
    ticking = parts.scheduler().every(TICK, "ladang-breaker-tick", this::tick);
  }

  void stop() {
    ticking.cancel();
    // How many failures in a row there were goes to the next provider too.
    kept.forEach(
        (name, policy) -> {
          if (policy.breaker().phase() instanceof Closed closed && closed.inARow().get() > 0) {
            unwritten.add(name);
          }
        });
    write();
  }

  void tick() {
    for (Kept policy : kept.values()) {
      policy.breaker().look();
    }
    write();
    for (Kept policy : kept.values()) {
      policy.read(memory);
    }
  }

  // Policies.

  Kept policy(String name) {
    Kept policy = kept.get(name);
    if (policy == null) {
      throw new LadangException("LADANG-BREAKER-001", "There is no policy " + name + ".")
          .next(
              "breaker:list lists them; one is made by the configuration org.ladang.breaker.policy~NAME.")
          .with("policy", name);
    }
    return policy;
  }

  /** The policy of a plugin, made at its first call. */
  Kept plugin(String name, BreakerSettings usual) {
    Kept policy = kept.get(name);
    return policy != null ? policy : put(pluginSettings(name, usual));
  }

  private static PolicySettings pluginSettings(String name, BreakerSettings usual) {
    return PolicySettings.usual(name).with(usual).with(RetrySettings.NONE).with(LimitSettings.NONE);
  }

  /** Other settings for the plugins that have none of their own. */
  void plugins(BreakerSettings usual) {
    kept.forEach(
        (name, policy) -> {
          if (name.startsWith(PluginCalls.PREFIX)
              && !brought.containsKey(name)
              && !made.containsKey(name)) {
            policy.settings(pluginSettings(name, usual));
          }
        });
  }

  List<String> names() {
    return kept.keySet().stream().sorted().toList();
  }

  synchronized void bring(PolicySettings settings) {
    brought.put(settings.name(), settings);
    put(settings);
  }

  synchronized void take(String name) {
    brought.remove(name);
    PolicySettings left = made.get(name);
    if (left == null) {
      kept.remove(name);
    } else {
      put(left);
    }
  }

  synchronized void make(PolicySettings settings) {
    if (!settings.equals(made.put(settings.name(), settings))) {
      memory.keep(settings);
    }
    if (!brought.containsKey(settings.name())) {
      put(settings);
    }
  }

  synchronized void remove(String name) {
    if (made.remove(name) != null && !brought.containsKey(name)) {
      kept.remove(name);
      memory.forget(name);
    }
  }

  private Kept put(PolicySettings settings) {
    Kept policy = kept.computeIfAbsent(settings.name(), name -> fresh(settings));
    policy.settings(settings);
    return policy;
  }

  private Kept fresh(PolicySettings settings) {
    String name = settings.name();
    Kept policy =
        new Kept(
            settings,
            parts,
            permits,
            new Breaker.Watcher() {
              @Override
              public void changed(Phase from, Phase to) {
                tell(name, from, to);
                later(name);
              }

              @Override
              public void leased() {
                later(name);
              }
            });
    policy.read(memory);
    return policy;
  }

  void force(String name, BreakerState state, String why) {
    if (state == BreakerState.OPEN || state == BreakerState.HALF_OPEN) {
      throw new LadangException(
              "LADANG-BREAKER-008", "A breaker cannot be told to be " + state + ".")
          .next("Say FORCED_OPEN, DISABLED or CLOSED.");
    }
    Kept policy = policy(name);
    policy.breaker().force(state, why);
    unwritten.remove(name);
    policy.write(memory);
  }

  /** A version of a plugin is about to serve: what another one did is forgotten. */
  void came(String name, String version) {
    Kept policy = kept.get(name);
    if (policy != null) {
      BreakerState state = policy.breaker().phase().state();
      boolean open = state == BreakerState.OPEN || state == BreakerState.HALF_OPEN;
      if (open && !policy.version().equals(version)) {
        policy.breaker().force(BreakerState.CLOSED, "The plugin was replaced by " + version + ".");
      }
    }
  }

  // What changes.

  private void tell(String name, Phase from, Phase to) {
    BreakerState state = to.state();
    if (state == BreakerState.OPEN) {
      Kept policy = kept.get(name);
      if (policy != null) {
        policy.version(versions.apply(name));
      }
      meters.counter("breaker.opened." + name).increment();
    }
    boolean refuses = state == BreakerState.OPEN || state == BreakerState.FORCED_OPEN;
    events.publish(
        refuses ? Event.Severity.WARNING : Event.Severity.INFO,
        "breaker." + state.name().toLowerCase(java.util.Locale.ROOT),
        name,
        "The breaker " + name + " is " + state + ": " + to.cause(),
        Map.of("from", from.state().name(), "to", state.name(), "cause", to.cause()));
  }

  private void later(String name) {
    unwritten.add(name);
    if (writing.compareAndSet(false, true)) {
      try {
        parts.scheduler().after(Duration.ZERO, "ladang-breaker-notes", this::write);
      } catch (LadangException e) {
        writing.set(false); // It is written at the next tick, or when the room stops.
      }
    }
  }

  private void write() {
    writing.set(false);
    for (String name : unwritten) {
      unwritten.remove(name);
      Kept policy = kept.get(name);
      if (policy != null) {
        try {
          policy.write(memory);
        } catch (LadangException e) {
          unwritten.add(name);
          LOG.atWarn()
              .addKeyValue("policy", name)
              .log("A breaker's state is not on disk: {}", e.getMessage());
          return;
        }
      }
    }
  }
}
