package org.ladang.registry.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ladang.registry.Plugin;
import org.ladang.registry.PluginHealth;

/** The bare plugins that serve, by the symbolic name of their bundle. Safe for any thread. */
final class BarePlugins {
  /** All plugins together have this long to say how they feel. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The kernel's proxies carry the symbolic name of the bundle they stand for. */
  private static final String OWNER = "ladang.owner";

  private final Map<String, Plugin> bySymbolicName = new ConcurrentHashMap<>();

  void add(Plugin plugin, Map<String, Object> properties) {
    bySymbolicName.put(owner(properties), plugin);
  }

  void remove(Plugin plugin, Map<String, Object> properties) {
    bySymbolicName.remove(owner(properties), plugin);
  }

  Optional<Plugin> find(String symbolicName) {
    return Optional.ofNullable(bySymbolicName.get(symbolicName));
  }

  /** What those of {@code symbolicNames} that are bare say of themselves. */
  Map<String, PluginHealth> health(Iterable<String> symbolicNames) {
    Map<String, CompletableFuture<PluginHealth>> asked = new LinkedHashMap<>();
    for (String name : symbolicNames) {
      find(name).ifPresent(plugin -> asked.put(name, Stages.future(plugin::health)));
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    Map<String, PluginHealth> answers = new LinkedHashMap<>();
    asked.forEach((name, future) -> answers.put(name, answer(future, until - System.nanoTime())));
    return answers;
  }

  private static PluginHealth answer(CompletableFuture<PluginHealth> future, long nanos) {
    try {
      PluginHealth health = future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return health == null ? PluginHealth.degraded("It says nothing of its health.") : health;
    } catch (TimeoutException e) {
      return PluginHealth.degraded("It did not say within a second how it feels.");
    } catch (ExecutionException e) {
      return PluginHealth.unhealthy(
          Stages.asLadang(e.getCause(), "LADANG-REGISTRY-007", "Its health() failed").getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PluginHealth.degraded("Nobody waited for it to say how it feels.");
    }
  }

  private static String owner(Map<String, Object> properties) {
    return String.valueOf(properties.getOrDefault(OWNER, ""));
  }
}
