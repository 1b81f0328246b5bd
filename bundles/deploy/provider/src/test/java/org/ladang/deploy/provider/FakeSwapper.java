package org.ladang.deploy.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.SwapPlan;
import org.ladang.kernel.swap.Swapper;
import org.ladang.kernel.swap.Trial;

/** Runs nothing, and remembers what it would run; versions in {@link #bad} do not start. */
final class FakeSwapper implements Swapper {
  final Map<String, BundleStatus> running = new TreeMap<>();
  final List<String> applied = new ArrayList<>();
  final List<String> removed = new ArrayList<>();

  /** {@code name version} to the code with which it is refused. */
  final Map<String, String> bad = new HashMap<>();

  /** {@code name version} to what its swap would touch. */
  final Map<String, List<SwapPlan.Touched>> touched = new HashMap<>();

  final Set<String> waiting = new HashSet<>();
  Runnable during = () -> {};
  private final Passports passports;
  private final Store store;

  FakeSwapper(Passports passports, Store store) {
    this.passports = passports;
    this.store = store;
  }

  /** The symbolic names of bundles that import from each other. */
  final Set<String> circle = new HashSet<>();

  @Override
  public Set<String> assemble(List<BundleEntry> entries) {
    Set<String> there = entries.stream().map(BundleEntry::symbolicName).collect(Collectors.toSet());
    if (!there.containsAll(circle)) {
      return Set.of();
    }
    bad.values().removeIf("LADANG-SWAP-001"::equals);
    return Set.copyOf(circle);
  }

  @Override
  public SwapOutcome apply(BundleEntry entry, Trial trial) {
    String who = entry.name() + " " + entry.version();
    applied.add(who);
    during.run();
    Passport passport = passports.read(store.path(entry.sha256()));
    if (bad.containsKey(who)) {
      BundleStatus now =
          running.getOrDefault(entry.symbolicName(), status(entry, passport, Condition.REFUSED));
      return new SwapOutcome.Refused(
          now, bad.get(who), who + " does not start.", "Mend it.", Map.of("trace", "at a.b.C"));
    }
    Condition condition =
        entry.stopped()
            ? Condition.STOPPED
            : waiting.contains(who)
                ? Condition.WAITING
                : passport.lazy() ? Condition.READY_LAZY : Condition.ACTIVE;
    BundleStatus status = status(entry, passport, condition);
    running.put(entry.symbolicName(), status);
    return condition == Condition.WAITING
        ? new SwapOutcome.Waiting(status)
        : new SwapOutcome.Live(status);
  }

  @Override
  public SwapPlan plan(BundleEntry entry) {
    BundleStatus there = running.get(entry.symbolicName());
    return new SwapPlan(
        there == null
            ? SwapPlan.Road.NEW
            : there.entry().sha256().equals(entry.sha256())
                ? SwapPlan.Road.NONE
                : SwapPlan.Road.BESIDE,
        touched.getOrDefault(entry.name() + " " + entry.version(), List.of()));
  }

  @Override
  public void checkResolves(BundleEntry entry) {
    String code = bad.get(entry.name() + " " + entry.version());
    if (code != null) {
      throw new LadangException(code, entry.name() + " does not resolve.");
    }
  }

  @Override
  public void beforeRemoval(String symbolicName) {}

  @Override
  public void removalCancelled(String symbolicName) {}

  @Override
  public void remove(String symbolicName) {
    removed.add(symbolicName);
    running.remove(symbolicName);
  }

  @Override
  public List<BundleStatus> statuses() {
    return List.copyOf(running.values());
  }

  @Override
  public Optional<BundleStatus> status(String name) {
    return running.values().stream()
        .filter(s -> s.entry().name().equals(name) || s.entry().symbolicName().equals(name))
        .findFirst();
  }

  @Override
  public List<String> why(String symbolicName) {
    return List.of();
  }

  private static BundleStatus status(BundleEntry entry, Passport passport, Condition condition) {
    String sentence = condition == Condition.WAITING ? "It waits for a service." : "";
    return new BundleStatus(entry, passport, condition, Instant.EPOCH, sentence, "");
  }
}
