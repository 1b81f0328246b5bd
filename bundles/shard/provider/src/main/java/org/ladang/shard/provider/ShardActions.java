package org.ladang.shard.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.shard.Field;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people may ask of the shards. */
@Component(service = ActionSource.class)
public final class ShardActions implements ActionSource {
  private final ShardedCluster cluster;

  /** Actions on this cluster, which is this bundle's own. */
  @Activate
  public ShardActions(@Reference ShardCluster cluster) {
    this.cluster = (ShardedCluster) cluster;
  }

  /** A table and how much is in it. */
  public record TableView(
      @Arg("The table's name.") String table,
      @Arg("How many rows it has.") long rows,
      @Arg("Its declared fields; what else rows carry is in their documents.")
          List<Field> fields) {}

  /** A row, with where it is at home. */
  public record RowView(
      @Arg("Whose row it is.") String owner,
      @Arg("Its id among its owner's rows.") String id,
      @Arg("Its version, which changes with every write.") long version,
      @Arg("The owner's bucket, 0 to 16,383.") int bucket,
      @Arg("Its values.") Map<String, Object> fields) {}

  /** A page of rows. */
  public record PageView(
      @Arg("The rows, in the order of owner and id.") List<RowView> rows,
      @Arg("Pass this as cursor for the next page; absent on the last one.")
          Optional<String> next) {}

  /** Lists the shards. */
  @Action(
      description = "Lists the shards: how they do, how much they hold, how fast they answer.",
      role = Role.VIEWER)
  public List<ShardInfo> list() {
    return cluster.shards();
  }

  /** Lists the tables. */
  @Action(
      description = "Lists the tables with their declared fields and how many rows they have.",
      role = Role.VIEWER)
  public List<TableView> tables() {
    return cluster.tables().stream()
        .map(t -> new TableView(t.name(), cluster.count(t.name()), t.fields()))
        .toList();
  }

  /** Reads a row. */
  @Action(description = "Reads one row.", role = Role.VIEWER)
  public RowView get(
      @Arg("The table's name.") String table,
      @Arg("Whose row it is.") String owner,
      @Arg("The row's id; the owner's own name when left out.") Optional<String> id) {
    String key = id.orElse(owner);
    return cluster
        .get(table, owner, key)
        .map(this::view)
        .orElseThrow(
            () ->
                new LadangException(
                        "LADANG-SHARD-017",
                        "There is no row " + key + " of " + owner + " in \"" + table + "\".")
                    .next("shard:scan shows which there are."));
  }

  /** Reads rows page by page. */
  @Action(
      description = "Reads rows in the order of owner and id, page by page.",
      role = Role.VIEWER)
  public PageView scan(
      @Arg("The table's name.") String table,
      @Arg("Only the rows of this owner.") Optional<String> owner,
      @Arg("How many rows a page has, 1 to 1,000; 20 when left out.") Optional<Integer> limit,
      @Arg("Where the page before ended, as it said itself.") Optional<String> cursor) {
    Scan all = Scan.of(table).limit(limit.orElse(20)).after(cursor);
    var page = cluster.scan(owner.map(all::owner).orElse(all));
    return new PageView(page.rows().stream().map(this::view).toList(), page.next());
  }

  private RowView view(Row row) {
    return new RowView(
        row.owner(), row.id(), row.version(), cluster.bucket(row.owner()), row.fields());
  }

  /** Counts rows. */
  @Action(description = "Counts the rows of a table.", role = Role.VIEWER)
  public long count(
      @Arg("The table's name.") String table,
      @Arg("Only the rows of this owner.") Optional<String> owner) {
    return owner.map(o -> cluster.count(table, o)).orElseGet(() -> cluster.count(table));
  }

  /** All shards together. */
  public record Stats(
      @Arg("How many shards there are.") int shards,
      @Arg("How many tables are declared.") int tables,
      @Arg("Rows in all tables and shards.") long rows,
      @Arg("Bytes on disk.") long bytes,
      @Arg("Writes that found something else than they expected.") long conflicts,
      @Arg("Operations that failed for other reasons than their arguments.") long errors,
      @Arg("How long reads took.") ShardInfo.Latency reads,
      @Arg("How long writes took; a batch is one.") ShardInfo.Latency writes,
      @Arg("Rows on each shard.") Map<String, Long> perShard,
      @Arg("What is not as it should be.") List<String> problems,
      @Arg("Operations that are in the databases of all shards now.") int busy,
      @Arg("How many may be in them at once; further ones wait.") int permits) {}

  /** Sums up the shards. */
  @Action(description = "Sums up the shards: rows, bytes, latencies, errors.", role = Role.VIEWER)
  public Stats stats() {
    List<ShardInfo> shards = cluster.shards();
    List<String> problems =
        shards.stream()
            .filter(s -> !s.sentence().isEmpty())
            .map(s -> s.id() + ": " + s.sentence())
            .toList();
    List<Table> tables = cluster.tables();
    return new Stats(
        shards.size(),
        tables.size(),
        shards.stream().mapToLong(s -> Math.max(0, s.rows())).sum(),
        shards.stream().mapToLong(s -> Math.max(0, s.bytes())).sum(),
        shards.stream().mapToLong(ShardInfo::conflicts).sum(),
        shards.stream().mapToLong(ShardInfo::errors).sum(),
        cluster.reads(),
        cluster.writes(),
        rows(shards),
        problems,
        cluster.monitor().busy(),
        cluster.monitor().permits());
  }

  private static Map<String, Long> rows(List<ShardInfo> shards) {
    Map<String, Long> rows = new LinkedHashMap<>();
    shards.forEach(s -> rows.put(s.id(), s.rows()));
    return rows;
  }

  /** One shard, closely. */
  public record Detail(
      @Arg("How it does, and how fast.") ShardInfo shard,
      @Arg("How much of its capacity it uses, in percent.") double percent,
      @Arg("Whether its files are open.") boolean open,
      @Arg("How its second copy does: in step, or why not.") String replica,
      @Arg("How far its second copy may be behind.") Duration lag,
      @Arg("Writes that its second copy has yet to get.") long waiting,
      @Arg("Operations that are in the databases of all shards.") int busy) {}

  /** Shows one shard. */
  @Action(description = "Shows one shard: its state, its copies, its load.", role = Role.VIEWER)
  public Detail info(@Arg("The shard, for example shard-3.") String shard) {
    Shard one = cluster.opened().shard(shard);
    ShardInfo info =
        cluster.shards().stream().filter(s -> s.id().equals(shard)).findFirst().orElseThrow();
    Reading reading = cluster.monitor().read(one, cluster.clock().now());
    String replica =
        !one.made()
            ? "not made yet"
            : one.replication().behind().orElse(cluster.replicated() ? "in step" : "none");
    return new Detail(
        info,
        reading.percent(),
        one.open(),
        replica,
        reading.lag(),
        reading.waiting(),
        reading.busy());
  }

  /** How a shard did. */
  @Action(
      description = "Shows how a shard did, every 30 seconds, the newest first.",
      role = Role.VIEWER)
  public List<Reading> history(
      @Arg("The shard, for example shard-3.") String shard,
      @Arg("How many readings; 20 when left out.") Optional<Integer> limit) {
    return Monitor.history(cluster.opened(), shard, limit.orElse(20));
  }

  /** The map, or a place in it. */
  public record MapView(
      @Arg("The version of the map; it grows with each bucket that moves.") long version,
      @Arg("How many buckets are at home on each shard.") Map<String, Integer> buckets,
      @Arg("The bucket of the owner that was asked for.") Optional<Integer> bucket,
      @Arg("Where that bucket is at home.") Optional<String> home,
      @Arg("The version of the map since which it is at home there.") Optional<Long> epoch) {}

  /** Shows the map. */
  @Action(
      description = "Shows which shard has how many buckets, or where an owner is at home.",
      role = Role.VIEWER)
  public MapView map(@Arg("The owner whose home is asked for.") Optional<String> owner) {
    ShardMap map = cluster.opened().map();
    Map<String, Integer> buckets = new LinkedHashMap<>();
    map.shards().forEach(s -> buckets.put(s, map.buckets(s).size()));
    Optional<Integer> bucket = owner.map(cluster::bucket);
    return new MapView(
        map.version(), buckets, bucket, bucket.map(map::shard), bucket.map(map::epoch));
  }

  /** What a comparison has found. */
  public record Verified(
      @Arg("Whether nothing is wrong.") boolean clean,
      @Arg("Rows that were compared.") long rows,
      @Arg("Rows that are not the same on both copies.") long different,
      @Arg("Rows or buckets that are at home elsewhere by the map.") long misplaced,
      @Arg("The checksum of each shard's rows.") Map<String, String> checksums,
      @Arg("What is wrong.") List<String> problems) {}

  /** Compares copies. */
  @Action(
      description =
          "Compares the copies of a shard, or of all, row by row, and every row's bucket with the map."
              + " Writing goes on meanwhile.",
      role = Role.OPERATOR,
      timeout = "10m")
  public Verified verify(
      @Arg("The shard, for example shard-3; all when left out.") Optional<String> shard) {
    List<Shard> chosen =
        shard
            .map(s -> List.of(cluster.opened().shard(s)))
            .orElseGet(() -> cluster.opened().shards());
    long rows = 0;
    long different = 0;
    long misplaced = 0;
    Map<String, String> checksums = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Shard one : chosen) {
      try {
        Verification found = one.verify();
        rows += found.rows();
        different += found.different();
        misplaced += found.misplaced();
        checksums.put(one.id(), found.checksum());
        found.problems().forEach(p -> problems.add(one.id() + ": " + p));
      } catch (LadangException e) {
        problems.add(one.id() + ": " + e.line());
      }
    }
    return new Verified(problems.isEmpty(), rows, different, misplaced, checksums, problems);
  }

  /** What was made again. */
  public record Rebuilt(
      @Arg("The shard.") String shard, @Arg("How many rows were copied.") long rows) {}

  /** Makes a copy again. */
  @Action(
      description =
          "Makes a damaged copy of a shard again from the other one: the primary when that is damaged, else"
              + " the replica. The shard serves meanwhile what it served before.",
      role = Role.ADMIN,
      effect = Effect.DANGER,
      timeout = "30m")
  public Rebuilt rebuild(
      @Arg("The shard, for example shard-3.") String shard,
      @Arg("Whether writes that the replica misses may be lost; false when left out.")
          Optional<Boolean> acceptLoss) {
    return new Rebuilt(shard, cluster.opened().shard(shard).rebuild(acceptLoss.orElse(false)));
  }

  /** Makes a shard read-only, or writable. */
  @Action(
      description = "Has a shard refuse every write, or take them again; also after a restart.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public boolean readonly(
      @Arg("The shard, for example shard-3.") String shard,
      @Arg("Whether it is to be read-only.") boolean only) {
    cluster.opened().readOnly(shard, only);
    return only;
  }
}
