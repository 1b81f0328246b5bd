package org.ladang.console.provider.page;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.console.WebRequest;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

/** A gate that gives what a test puts in, and refuses the rest. */
final class Answers implements Gate, ActionCatalog {
  static final Instant NOW = Instant.parse("2026-03-01T14:05:00Z");

  final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, ActionInfo> actions = new LinkedHashMap<>();

  /** A runtime with that many plugins, all well. */
  static Answers healthy(int plugins) {
    Answers answers = new Answers();
    answers.values.put(
        "ladang:status",
        Map.of("ready", true, "version", "0.1.0", "uptime", "PT26H", "generation", 42));
    answers.values.put(
        "plugin:list",
        java.util.stream.IntStream.range(0, plugins)
            .mapToObj(i -> plugin("plugin-" + i, "1.0.0", "ACTIVE", ""))
            .toList());
    answers.values.put("health:run", Map.of("word", "HEALTHY", "results", List.of()));
    answers.values.put("deploy:history", List.of());
    answers.values.put("shard:list", List.of());
    answers.values.put("shard:stats", Map.of("busy", 3, "permits", 64));
    answers.values.put(
        "telemetry:now", Map.of("over", "PT5M", "calls", List.of(), "gauges", Map.of()));
    answers.values.put("ladang:events", List.of());
    answers.values.put("config:history", List.of());
    return answers;
  }

  static Map<String, Object> plugin(String name, String version, String state, String sentence) {
    return Map.of(
        "name",
        name,
        "version",
        version,
        "state",
        state,
        "health",
        "healthy",
        "since",
        "2026-03-01T14:00:00Z",
        "title",
        "",
        "sentence",
        sentence);
  }

  void offers(String id, Role role, Effect effect, Map<String, Object> properties) {
    String[] words = id.split(":");
    actions.put(
        id,
        new ActionInfo(
            words[0],
            words[1],
            "Does " + words[1] + ".",
            role,
            effect,
            false,
            Duration.ofSeconds(10),
            "",
            Map.of("type", "object", "properties", properties),
            Map.of(),
            "x"));
  }

  Visit visit(Role role, String address) {
    return visit(role, address, Map.of());
  }

  Visit visit(Role role, String address, Map<String, List<String>> query) {
    return new Visit(
        new WebRequest("GET", address, query, Map.of(), new byte[0], "127.0.0.1", false),
        Map.of(),
        new Principal("ann", role),
        "",
        "csrf",
        "trace",
        this,
        this,
        NOW);
  }

  Facts facts() {
    return Facts.of(visit(Role.VIEWER, "/console")).join();
  }

  @Override
  public Object call(CallContext context, String action, Map<String, Object> arguments) {
    throw new AssertionError("A page submits.");
  }

  @Override
  public CompletionStage<Object> submit(
      CallContext context, String action, Map<String, Object> arguments) {
    return values.containsKey(action)
        ? CompletableFuture.completedStage(values.get(action))
        : CompletableFuture.failedStage(
            new LadangException("LADANG-GATE-005", "The room of " + action + " is gone."));
  }

  @Override
  public List<ActionInfo> actions() {
    return List.copyOf(actions.values());
  }

  @Override
  public Optional<ActionInfo> find(String id) {
    return Optional.ofNullable(actions.get(id));
  }

  @Override
  public long revision() {
    return 1;
  }
}
