package org.ladang.plugin.bots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Expect;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/**
 * Bots on their way into the table. Of a bot that is known, the import changes what the file tells: since when it is
 * known stays, and the status too once it has registered itself, for then it knows better than a file.
 */
final class ImportBatch {
  private static final int ATTEMPTS = 5;

  private record Entry(long line, Bot bot, boolean dated) {}

  private final BotTable table;
  private final ImportTally tally;
  private final boolean presumedNew;
  private Map<String, Entry> waiting = new LinkedHashMap<>();

  /**
   * @param presumedNew whether bots are first written as new ones and looked at only when they turn out not to be: for a
   *     table that was empty, where looking finds nothing
   */
  ImportBatch(BotTable table, ImportTally tally, boolean presumedNew) {
    this.table = table;
    this.tally = tally;
    this.presumedNew = presumedNew;
  }

  int size() {
    return waiting.size();
  }

  /** Adds a bot; one with the same id that waits is written before. */
  void add(long line, Bot bot, Map<String, String> values) {
    if (waiting.containsKey(bot.id())) {
      write();
    }
    waiting.put(bot.id(), new Entry(line, bot, !values.getOrDefault("added", "").isBlank()));
  }

  /** Writes what waits. */
  void write() {
    for (int attempt = 1; !waiting.isEmpty(); attempt++) {
      Map<String, Entry> again = new LinkedHashMap<>();
      write(
          new ArrayList<>(waiting.values()),
          presumedNew && attempt == 1,
          attempt == ATTEMPTS ? Optional.empty() : Optional.of(again));
      waiting = again;
    }
  }

  private void write(List<Entry> entries, boolean unseen, Optional<Map<String, Entry>> again) {
    List<Entry> changed = new ArrayList<>();
    List<Boolean> known = new ArrayList<>();
    List<Write> writes = new ArrayList<>();
    for (Entry entry : entries) {
      Optional<Bot> present = unseen ? Optional.empty() : table.find(entry.bot().id());
      Bot wanted = present.map(p -> merged(p, entry)).orElse(entry.bot());
      if (present.isPresent() && BotTable.fields(present.get()).equals(BotTable.fields(wanted))) {
        tally.unchanged(wanted);
        continue;
      }
      changed.add(new Entry(entry.line(), wanted, entry.dated()));
      known.add(present.isPresent());
      writes.add(
          BotTable.write(
              wanted, present.map(p -> Expect.version(p.version())).orElse(Expect.absent())));
    }
    List<WriteOutcome> outcomes = table.batch(writes);
    for (int i = 0; i < outcomes.size(); i++) {
      count(changed.get(i), known.get(i), outcomes.get(i), again);
    }
  }

  private void count(
      Entry entry, boolean known, WriteOutcome outcome, Optional<Map<String, Entry>> again) {
    if (outcome instanceof WriteOutcome.Refused refused) {
      if (refused.code().equals(BotImport.CONFLICT) && again.isPresent()) {
        again.get().put(entry.bot().id(), entry);
      } else {
        tally.skipped(entry.line(), refused.sentence());
      }
    } else if (known) {
      tally.updated(entry.bot());
    } else {
      tally.created(entry.bot());
    }
  }

  private static Bot merged(Bot present, Entry entry) {
    Status status = present.seen().isPresent() ? present.status() : entry.bot().status();
    return entry
        .bot()
        .with(status, entry.dated() ? entry.bot().added() : present.added(), present.seen());
  }
}
