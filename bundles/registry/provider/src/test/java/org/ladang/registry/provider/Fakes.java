package org.ladang.registry.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.State;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passport.Need;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;
import org.ladang.kernel.swap.Trial;

/** What the registry asks of the kernel, in memory. */
final class Fakes {
  private Fakes() {}

  static Need need(String plugin, String low, String high) {
    return new Need(
        plugin,
        "(&(ladang.plugin=" + plugin + ")(version>=" + low + ")(!(version>=" + high + ")))",
        "[" + low + "," + high + ")");
  }

  static Passport plugin(String name, String version, Need... needs) {
    return new Passport(
        Kind.PLUGIN,
        name,
        "org.test." + name,
        version,
        version,
        "The " + name,
        false,
        true,
        "none",
        "",
        "",
        "",
        LadangPlugin.Migration.NONE,
        List.of(),
        List.of(needs),
        List.of(action(name, "count")));
  }

  static ActionInfo action(String owner, String name) {
    return new ActionInfo(
        owner,
        name,
        "Counts.",
        Role.VIEWER,
        Effect.READ,
        true,
        Duration.ofSeconds(10),
        "",
        Map.of(),
        Map.of(),
        "org.test." + owner);
  }

  static final class FakeSwapper implements Swapper {
    final Map<String, BundleStatus> all = new TreeMap<>();
    final Map<String, List<String>> why = new TreeMap<>();
    int looks;

    FakeSwapper with(Passport passport, Condition state) {
      return with(passport, state, "");
    }

    FakeSwapper with(Passport passport, Condition state, String sentence) {
      BundleEntry entry =
          new BundleEntry(
              passport.symbolicName(),
              passport.name(),
              passport.kind(),
              passport.version(),
              "00",
              state == Condition.STOPPED,
              passport.name() + ".jar");
      all.put(
          passport.symbolicName(),
          new BundleStatus(entry, passport, state, Instant.EPOCH, sentence, ""));
      return this;
    }

    /** The same plugin as a legacy jar. */
    FakeSwapper withLegacy(Passport passport, Condition state) {
      with(passport, state);
      BundleStatus bundle = all.get(passport.symbolicName());
      all.put(
          passport.symbolicName(),
          new BundleStatus(
              bundle.entry().withOrigin("11"), passport, state, Instant.EPOCH, "", ""));
      return this;
    }

    @Override
    public Set<String> assemble(List<BundleEntry> entries) {
      return Set.of();
    }

    @Override
    public SwapOutcome apply(BundleEntry entry, Trial trial) {
      throw new UnsupportedOperationException("The registry changes nothing.");
    }

    @Override
    public org.ladang.kernel.swap.SwapPlan plan(BundleEntry entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkResolves(BundleEntry entry) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void beforeRemoval(String symbolicName) {}

    @Override
    public void removalCancelled(String symbolicName) {}

    @Override
    public void remove(String symbolicName) {
      all.remove(symbolicName);
    }

    @Override
    public List<BundleStatus> statuses() {
      looks++;
      return List.copyOf(all.values());
    }

    @Override
    public Optional<BundleStatus> status(String name) {
      return all.values().stream()
          .filter(s -> s.entry().name().equals(name) || s.entry().symbolicName().equals(name))
          .findFirst();
    }

    @Override
    public List<String> why(String symbolicName) {
      return why.getOrDefault(symbolicName, List.of());
    }
  }

  static final class FakeEvents implements Events {
    final List<Event> newestFirst = new ArrayList<>();

    @Override
    public void publish(
        Event.Severity severity,
        String type,
        String subject,
        String sentence,
        Map<String, Object> details) {
      newestFirst.add(0, event(type, subject, sentence));
    }

    @Override
    public List<Event> recent(String typePrefix, int limit) {
      return newestFirst.stream().filter(e -> e.type().startsWith(typePrefix)).toList();
    }
  }

  static Event event(String type, String subject, String sentence) {
    return new Event(Instant.EPOCH, type, Event.Severity.INFO, subject, sentence, Map.of());
  }

  static final class FakeState implements State {
    private final Map<String, Object> values = new TreeMap<>();

    @Override
    public Optional<Object> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Map<String, Object> all() {
      return new TreeMap<>(values);
    }

    @Override
    public void put(String key, Object value) {
      values.put(key, value);
    }

    @Override
    public void remove(String key) {
      values.remove(key);
    }

    @Override
    public Optional<Object> update(String key, UnaryOperator<Object> change) {
      Object next = change.apply(values.get(key));
      values.put(key, next);
      return Optional.of(next);
    }
  }

  /** Keeps what is planned until a test runs it. */
  static final class FakeScheduler implements Scheduler {
    final List<Runnable> planned = new ArrayList<>();

    @Override
    public Task after(Duration delay, String name, Runnable task) {
      planned.add(task);
      return () -> planned.remove(task);
    }

    @Override
    public Task every(Duration period, String name, Runnable task) {
      throw new UnsupportedOperationException();
    }

    void run() {
      List<Runnable> now = List.copyOf(planned);
      planned.clear();
      now.forEach(Runnable::run);
    }
  }
}
