package org.ladang.plugin.bots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what an import does. */
final class ImportTally {
  private static final int MAX_PROBLEMS = 100;

  private long created;
  private long updated;
  private long unchanged;
  private long skipped;
  private final List<ImportResult.Problem> problems = new ArrayList<>();
  private final Map<String, Long> perCategory = new LinkedHashMap<>();

  ImportTally() {
    for (Category category : Category.values()) {
      perCategory.put(category.name(), 0L);
    }
  }

  void created(Bot bot) {
    created++;
    perCategory.merge(bot.category().name(), 1L, Long::sum);
  }

  void updated(Bot bot) {
    updated++;
    perCategory.merge(bot.category().name(), 1L, Long::sum);
  }

  void unchanged(Bot bot) {
    unchanged++;
    perCategory.merge(bot.category().name(), 1L, Long::sum);
  }

  void skipped(long line, String reason) {
    skipped++;
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new ImportResult.Problem(line, reason));
    }
  }

  long lines() {
    return created + updated + unchanged + skipped;
  }

  Map<String, Object> details() {
    return Map.of(
        "created", created, "updated", updated, "unchanged", unchanged, "skipped", skipped);
  }

  ImportResult result(String source, double seconds) {
    return new ImportResult(
        source,
        created + updated + unchanged,
        created,
        updated,
        unchanged,
        skipped,
        List.copyOf(problems),
        new LinkedHashMap<>(perCategory),
        Math.round(seconds * 1_000) / 1_000.0);
  }
}
