package org.ladang.health.provider;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckMetadata;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.ladang.kernel.Clock;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.LadangRuntime;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;
import org.ladang.kernel.swap.Trial;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A runtime with checks and bundles, as a test wants them. */
final class Fakes implements HealthCheckExecutor, LadangRuntime, Swapper, Clock {
  private final Map<ServiceReference<HealthCheck>, Result> checks = new LinkedHashMap<>();
  private final List<BundleStatus> bundles = new ArrayList<>();
  boolean ready = true;
  Set<String> late = Set.of();
  int executions;

  void check(String name, String owner, Result result, String... tags) {
    checks.put(reference(name, owner, tags, checks.size() + 1L), result);
  }

  void check(String name, String owner, Result.Status status, String sentence, String... tags) {
    check(name, owner, new Result(status, sentence), tags);
  }

  void bundle(String name, Kind kind, BundleStatus.Condition state, String sentence, String code) {
    BundleEntry entry = new BundleEntry("sn." + name, name, kind, "1.0.0", "", false, "");
    bundles.add(new BundleStatus(entry, null, state, Instant.EPOCH, sentence, code));
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<HealthCheck> reference(
      String name, String owner, String[] tags, long id) {
    Bundle kernel = proxy(Bundle.class, (p, method, args) -> "org.ladang.kernel.provider");
    return proxy(
        ServiceReference.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getProperty" ->
                  switch ((String) args[0]) {
                    case HealthCheck.NAME -> name;
                    case HealthCheck.TAGS -> tags;
                    case "service.id" -> id;
                    case "ladang.owner" -> owner.isEmpty() ? null : owner;
                    default -> null;
                  };
              case "getBundle" -> kernel;
              case "hashCode" -> (int) id;
              case "equals" -> proxy == args[0];
              case "toString" -> name;
              default -> throw new AssertionError(method);
            });
  }

  BundleContext context() {
    return proxy(
        BundleContext.class,
        (proxy, method, args) -> {
          if (method.getName().equals("getServiceReferences")) {
            return List.copyOf(checks.keySet());
          }
          throw new AssertionError(method);
        });
  }

  /** As Felix does: a leading dash leaves out, an empty selector asks for the tag default. */
  @Override
  public List<HealthCheckExecutionResult> execute(
      HealthCheckSelector selector, HealthCheckExecutionOptions options) {
    executions++;
    List<String> tags = selector.tags() == null ? List.of() : List.of(selector.tags());
    List<String> names = selector.names() == null ? List.of() : List.of(selector.names());
    List<HealthCheckExecutionResult> results = new ArrayList<>();
    checks.forEach(
        (reference, result) -> {
          HealthCheckMetadata metadata = new HealthCheckMetadata(reference);
          boolean all = tags.size() == 1 && tags.get(0).startsWith("-") && names.isEmpty();
          boolean tagged = metadata.getTags().stream().anyMatch(tags::contains);
          if (all || tagged || names.contains(metadata.getName())) {
            results.add(result(metadata, result));
          }
        });
    return results;
  }

  private HealthCheckExecutionResult result(HealthCheckMetadata metadata, Result result) {
    return proxy(
        HealthCheckExecutionResult.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getHealthCheckResult" -> result;
              case "getElapsedTimeInMs" -> 12L;
              case "getFinishedAt" -> new Date(1000);
              case "hasTimedOut" -> late.contains(metadata.getName());
              case "getHealthCheckMetadata" -> metadata;
              default -> throw new AssertionError(method);
            });
  }

  @Override
  public List<HealthCheckExecutionResult> execute(HealthCheckSelector selector) {
    return execute(selector, new HealthCheckExecutionOptions());
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Optional<String> readyLine() {
    return ready ? Optional.of("Ladang 0.1.0 ready in 1 ms.") : Optional.empty();
  }

  @Override
  public Duration uptime() {
    return Duration.ZERO;
  }

  @Override
  public void stop() {
    throw new AssertionError("No check stops the runtime.");
  }

  @Override
  public SwapOutcome apply(BundleEntry entry, Trial trial) {
    throw new AssertionError("No check changes what runs.");
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
  public Set<String> assemble(List<BundleEntry> entries) {
    return Set.of();
  }

  @Override
  public void remove(String symbolicName) {
    throw new AssertionError("No check changes what runs.");
  }

  @Override
  public List<BundleStatus> statuses() {
    return bundles;
  }

  @Override
  public Optional<BundleStatus> status(String name) {
    return bundles.stream()
        .filter(b -> b.entry().symbolicName().equals(name) || b.entry().name().equals(name))
        .findFirst();
  }

  @Override
  public List<String> why(String symbolicName) {
    return List.of();
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public long nanos() {
    return 0;
  }

  /** A configuration with its defaults. */
  static <T> T defaults(Class<T> annotation) {
    return proxy(annotation, (proxy, method, args) -> method.getDefaultValue());
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
