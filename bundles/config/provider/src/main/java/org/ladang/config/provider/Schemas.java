package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.config.Schema;
import org.ladang.config.Setting;

/**
 * The declarations of all bundles. While two versions stand side by side, the newer one's is shown, and a value that
 * fits either is sound: a candidate that may yet be refused must not take a value from what runs. Not thread-safe.
 */
final class Schemas {
  private static final Comparator<Declared> NEWEST =
      Comparator.comparing(Declared::version).thenComparingLong(Declared::bundleId);

  private final Map<Long, List<Declared>> byBundle = new HashMap<>();
  private Map<String, List<Declared>> byPid = Map.of();

  void put(long bundleId, List<Declared> declared) {
    byBundle.put(bundleId, List.copyOf(declared));
    index();
  }

  /** The PIDs that it declared. */
  List<String> remove(long bundleId) {
    List<Declared> removed = byBundle.remove(bundleId);
    if (removed == null) {
      return List.of();
    }
    index();
    return removed.stream().map(Declared::pid).toList();
  }

  private void index() {
    Map<String, List<Declared>> all = new TreeMap<>();
    byBundle.values().stream()
        .flatMap(List::stream)
        .sorted(NEWEST.reversed())
        .forEach(d -> all.computeIfAbsent(d.pid(), pid -> new ArrayList<>()).add(d));
    byPid = all;
  }

  /** What is declared, in the order of PIDs. */
  List<Declared> declared() {
    return byPid.values().stream().map(all -> all.get(0)).toList();
  }

  /** The declaration of a PID, or of the factory whose instance it is. */
  Optional<Schema> schema(String pid) {
    return schemas(pid).stream().findFirst();
  }

  /** The declarations of all versions that are there, newest first. */
  List<Schema> schemas(String pid) {
    return byPid.getOrDefault(Pids.declared(pid), List.of()).stream()
        .map(Declared::schema)
        .toList();
  }

  /** The declared setting, or one that every component understands. */
  static Optional<Setting> setting(Schema schema, String key) {
    return schema.setting(key).or(() -> common(key));
  }

  private static Optional<Setting> common(String key) {
    if (key.endsWith(".target")) {
      return Optional.of(plain(key, Setting.Type.STRING));
    }
    if (key.equals("service.ranking") || key.endsWith(".cardinality.minimum")) {
      return Optional.of(plain(key, Setting.Type.INTEGER));
    }
    return Optional.empty();
  }

  private static Setting plain(String key, Setting.Type type) {
    return new Setting(
        key,
        "",
        type,
        false,
        List.of(),
        "",
        false,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
