package org.ladang.console.provider.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the first page knows, each from an action; where one was refused, the rest still stands.
 *
 * @param status {@code ladang:status}
 * @param plugins {@code plugin:list}
 * @param health {@code health:run}
 * @param history {@code deploy:history}
 * @param shards {@code shard:list}
 * @param load {@code shard:stats}
 * @param present {@code telemetry:now}
 * @param events {@code ladang:events}
 * @param config {@code config:history}
 * @param restarts {@code ladang:events} of restarts
 */
record Facts(
    Asked status,
    Asked plugins,
    Asked health,
    Asked history,
    Asked shards,
    Asked load,
    Asked present,
    Asked events,
    Asked config,
    Asked restarts) {

  /** What each room was asked, by the room's name; the rooms whose answers weigh most come first. */
  Map<String, List<Asked>> byRoom() {
    Map<String, List<Asked>> rooms = new LinkedHashMap<>();
    rooms.put("kernel", List.of(status, events));
    rooms.put("registry", List.of(plugins));
    rooms.put("health", List.of(health));
    rooms.put("shard", List.of(shards, load));
    rooms.put("deploy", List.of(history));
    rooms.put("config", List.of(config));
    rooms.put("telemetry", List.of(present));
    return rooms;
  }

  static CompletableFuture<Facts> of(Visit visit) {
    CompletableFuture<Asked> status = visit.ask("ladang:status");
    CompletableFuture<Asked> plugins = visit.ask("plugin:list");
    CompletableFuture<Asked> health = visit.ask("health:run");
    CompletableFuture<Asked> history = visit.ask("deploy:history", "limit", 100);
    CompletableFuture<Asked> shards = visit.ask("shard:list");
    CompletableFuture<Asked> load = visit.ask("shard:stats");
    CompletableFuture<Asked> present = visit.ask("telemetry:now");
    CompletableFuture<Asked> events = visit.ask("ladang:events", "limit", 300);
    CompletableFuture<Asked> config = visit.ask("config:history", "limit", 50);
    CompletableFuture<Asked> restarts = PluginTable.restarts(visit);
    return CompletableFuture.allOf(
            status, plugins, health, history, shards, load, present, events, config, restarts)
        .thenApply(
            all ->
                new Facts(
                    status.join(),
                    plugins.join(),
                    health.join(),
                    history.join(),
                    shards.join(),
                    load.join(),
                    present.join(),
                    events.join(),
                    config.join(),
                    restarts.join()));
  }
}
