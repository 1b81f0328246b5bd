package org.ladang.plugin.bots;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/**
 * The bots in the shards. Every bot is the owner of its own row: its id alone finds it, bots spread evenly over the
 * buckets, and what is kept about a bot later lies beside it. (The operator would be a bad owner: a third of all bots has
 * an unknown one.)
 */
final class BotTable {
  private static final String NAME = "bots";
  private static final Table TABLE =
      Table.of(
          NAME,
          Field.of("name", FieldType.STRING),
          Field.indexed("category", FieldType.STRING),
          Field.indexed("operator", FieldType.STRING),
          Field.indexed("status", FieldType.STRING),
          Field.of("added", FieldType.INSTANT),
          Field.of("seen", FieldType.INSTANT));

  private final ShardCluster shards;
  private volatile boolean declared;

  BotTable(ShardCluster shards) {
    this.shards = shards;
  }

  Optional<Bot> find(String id) {
    return shards().get(NAME, id, id).map(BotTable::bot);
  }

  /** Writes a bot; returns it with its new version. */
  Bot put(Bot bot, Expect expect) {
    WriteOutcome.Written written = shards().put(NAME, bot.id(), bot.id(), fields(bot), expect);
    return new Bot(
        bot.id(),
        bot.name(),
        bot.status(),
        bot.category(),
        bot.operator(),
        bot.userAgent(),
        bot.url(),
        bot.region(),
        bot.source(),
        bot.added(),
        bot.seen(),
        written.version());
  }

  static Write write(Bot bot, Expect expect) {
    return new Write.Put(NAME, bot.id(), bot.id(), fields(bot), expect);
  }

  List<WriteOutcome> batch(List<Write> writes) {
    return shards().batch(writes);
  }

  /** One page of bots whose fields have these values. */
  Page page(Map<String, String> where, int limit, Optional<String> cursor) {
    Scan scan = Scan.of(NAME).limit(limit).after(cursor);
    for (Map.Entry<String, String> entry : where.entrySet()) {
      scan = scan.where(entry.getKey(), entry.getValue());
    }
    return shards().scan(scan);
  }

  long count() {
    return shards().count(NAME);
  }

  List<Group> countBy(String field) {
    return shards().countBy(NAME, field);
  }

  static Bot bot(Row row) {
    return new Bot(
        row.id(),
        row.string("name").orElse(row.id()),
        Status.valueOf(row.string("status").orElse(Status.offline.name())),
        Category.valueOf(row.string("category").orElse(Category.infrastructure.name())),
        row.string("operator").orElse(BotDraft.UNKNOWN),
        row.string("userAgent").orElse(""),
        row.string("url").orElse(""),
        row.string("region").orElse(""),
        row.string("source").orElse(""),
        row.instant("added").orElse(Instant.EPOCH),
        row.instant("seen"),
        row.version());
  }

  /** What is stored of a bot; what is empty is not. */
  static Map<String, Object> fields(Bot bot) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", bot.name());
    fields.put("category", bot.category().name());
    fields.put("operator", bot.operator());
    fields.put("status", bot.status().name());
    fields.put("added", bot.added());
    bot.seen().ifPresent(seen -> fields.put("seen", seen));
    put(fields, "userAgent", bot.userAgent());
    put(fields, "url", bot.url());
    put(fields, "region", bot.region());
    put(fields, "source", bot.source());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  /** Declared with the first use and not when the plugin starts: a damaged shard must not keep it from being there. */
  private ShardCluster shards() {
    if (!declared) {
      shards.declare(TABLE);
      declared = true;
    }
    return shards;
  }
}
