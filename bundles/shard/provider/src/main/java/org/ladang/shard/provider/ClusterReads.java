package org.ladang.shard.provider;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ladang.shard.Field;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.Table;

/** Reads: of the shard where an owner is at home, or of all, whose answers are put together. */
final class ClusterReads {
  private final Supplier<OpenCluster> opened;
  private final Metering meters;
  private final ShardCalls calls;

  ClusterReads(Supplier<OpenCluster> opened, Metering meters, ShardCalls calls) {
    this.opened = opened;
    this.meters = meters;
    this.calls = calls;
  }

  Optional<Row> find(String table, int bucket, String id) {
    return meters.read(
        () ->
            calls.read(
                opened.get().home(opened.get().map(), bucket),
                (engine, tables, behind) -> {
                  Table declared = Declarations.table(tables, table);
                  return engine.find(declared, bucket, id).map(r -> r.row(declared, behind));
                },
                Optional::empty));
  }

  Optional<Row> get(String table, String owner, String id) {
    Names.checkKey("owner", owner);
    Names.checkKey("id", id);
    return meters.read(
        () -> {
          OpenCluster open = opened.get();
          Declarations.table(open.tables(), table);
          Shard shard = open.home(open.map(), Buckets.of(owner));
          return calls.read(
              shard,
              (engine, tables, behind) -> {
                Table declared = Declarations.table(tables, table);
                return engine.get(declared, owner, id).map(r -> r.row(declared, behind));
              },
              Optional::empty);
        });
  }

  Page scan(Scan scan) {
    if (scan.limit() < 1 || scan.limit() > Scan.MAX_LIMIT) {
      throw Refusals.badLimit(
          "The limit " + scan.limit() + " is not good: it takes 1 to " + Scan.MAX_LIMIT + ".");
    }
    scan.owner().ifPresent(o -> Names.checkKey("owner", o));
    Optional<Cursor> after = scan.cursor().map(Cursor::parse);
    return meters.read(
        () -> {
          OpenCluster open = opened.get();
          Table table = Declarations.table(open.tables(), scan.table());
          scan.where().forEach((f, value) -> Values.in(Declarations.field(table, f), value));
          List<Scatter.Part> parts = new ArrayList<>();
          for (Shard shard : concerned(open, scan.owner())) {
            parts.add(
                calls.read(
                    shard,
                    (engine, tables, behind) -> part(engine, tables, behind, scan, after),
                    () -> new Scatter.Part(List.of(), false)));
          }
          return Scatter.merge(parts, scan.limit());
        });
  }

  private static List<Shard> concerned(OpenCluster open, Optional<String> owner) {
    return owner.map(o -> List.of(open.home(open.map(), Buckets.of(o)))).orElseGet(open::shards);
  }

  private static Scatter.Part part(
      ShardEngine engine,
      Map<String, Table> tables,
      Duration behind,
      Scan scan,
      Optional<Cursor> after)
      throws SQLException {
    Table declared = Declarations.table(tables, scan.table());
    Map<Field, Object> where = new LinkedHashMap<>();
    scan.where()
        .forEach(
            (name, value) -> {
              Field field = Declarations.field(declared, name);
              where.put(field, Values.in(field, value));
            });
    ShardEngine.Rows found =
        engine.scan(declared, new Range(scan.owner(), where, after, scan.limit()));
    return new Scatter.Part(
        found.rows().stream().map(r -> r.row(declared, behind)).toList(), found.more());
  }

  long count(String table, Optional<String> owner) {
    return meters.read(
        () -> {
          OpenCluster open = opened.get();
          Declarations.table(open.tables(), table);
          long sum = 0;
          for (Shard shard : concerned(open, owner)) {
            sum +=
                calls.read(
                    shard,
                    (engine, tables, behind) ->
                        engine.count(Declarations.table(tables, table), owner),
                    () -> 0L);
          }
          return sum;
        });
  }

  List<Group> countBy(String table, String field) {
    return meters.read(
        () -> {
          OpenCluster open = opened.get();
          Declarations.field(Declarations.table(open.tables(), table), field);
          List<Group> groups = new ArrayList<>();
          for (Shard shard : open.shards()) {
            groups.addAll(
                calls.read(
                    shard,
                    (engine, tables, behind) -> {
                      Table declared = Declarations.table(tables, table);
                      return engine.countBy(
                          declared, Declarations.field(declared, field), Changes.MAX_GROUPS + 1);
                    },
                    List::of));
          }
          List<Group> sums = Scatter.sum(groups);
          if (sums.size() > Changes.MAX_GROUPS) {
            throw Refusals.badLimit(
                "The field \""
                    + field
                    + "\" has more than "
                    + Changes.MAX_GROUPS
                    + " different values.");
          }
          return sums;
        });
  }
}
