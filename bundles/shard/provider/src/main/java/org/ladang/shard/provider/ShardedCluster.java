package org.ladang.shard.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.ladang.balancer.Balancers;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.ladang.shard.Expect;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;
import org.ladang.shard.provider.backup.BackupSource;
import org.ladang.shard.provider.backup.BackupWatch;
import org.ladang.shard.provider.backup.Exchange;
import org.ladang.shard.provider.backup.Frozen;
import org.ladang.shard.provider.backup.Places;
import org.ladang.shard.provider.file.SteadyFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A cluster of shards, each with a replica, in H2 files. Finds the shard of each owner by the map, and puts together
 * what several shards answer.
 */
@LadangSubsystem(name = "shard", title = "Shard cluster", overlap = false)
@Component(service = ShardCluster.class, immediate = true, configurationPid = "org.ladang.shard")
@Designate(ocd = ShardedCluster.Config.class)
public final class ShardedCluster implements ShardCluster, BackupSource {
  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Shard cluster",
      description = "Where the data of plugins are kept. A change closes and opens the databases.")
  public @interface Config {
    /** Shards. */
    @AttributeDefinition(
        name = "Shards",
        description =
            "How many shards a new cluster gets; one that is there keeps the number it has.",
        min = "1",
        max = "1000")
    int shards() default 10;

    /** Replicas. */
    @AttributeDefinition(
        name = "Replicas",
        description =
            "sync: a write is acknowledged when both copies have it. async: when the first has it, the second"
                + " follows. none: there is one copy.")
    Replicas replicas() default Replicas.sync;

    /** Folder of the replicas. */
    @AttributeDefinition(
        name = "Folder of the replicas",
        description = "Best on another disk; relative to the home. Empty for data/replicas.",
        required = false)
    String replica_dir() default "";

    /** Reads. */
    @AttributeDefinition(
        name = "Reads",
        description =
            "Which copy is read while both are good: primary, replica, or balanced, as the pool copies.SHARD of the"
                + " room balancer picks. Rows of a replica say how far they may be behind.")
    Reads reads() default Reads.primary;

    /** Durability. */
    @AttributeDefinition(
        name = "Durability",
        description =
            "What an acknowledged write survives. process: kill -9 at any moment. power: also a power"
                + " failure, at the price of waiting for the disk.")
    Durability durability() default Durability.process;

    /** Connections. */
    @AttributeDefinition(
        name = "Connections",
        description =
            "How many operations may be in one shard at once; further ones wait up to 5 s.",
        min = "1",
        max = "49")
    int connections() default 10;

    /** Permits. */
    @AttributeDefinition(
        name = "Permits",
        description =
            "How many operations may be in all shards at once; further ones wait up to 5 s.",
        min = "1",
        max = "10000")
    int permits() default 64;

    /** Cache. */
    @AttributeDefinition(
        name = "Cache in KB",
        description = "How much of the pages of all shards together is kept in memory.",
        min = "1024",
        max = "4194304")
    int cacheKb() default 65_536;

    /** Read-only. */
    @AttributeDefinition(
        name = "Read-only",
        description =
            "Whether every write is refused, for example while the folder is being copied.")
    boolean readOnly() default false;

    /** Outbox. */
    @AttributeDefinition(
        name = "Rows in the outbox",
        description =
            "How many writes a shard takes while its replica is gone; then it is read-only.",
        min = "1",
        max = "100000000")
    int outboxRows() default 100_000;

    /** Idle. */
    @AttributeDefinition(
        name = "Seconds until idle",
        description = "A shard that nobody asks for so long closes its files.",
        min = "1",
        max = "86400")
    int idleSeconds() default 300;

    /** Capacity. */
    @AttributeDefinition(
        name = "Capacity in MB",
        description = "How much a shard is meant to hold; the monitor says how full it is.",
        min = "1",
        max = "1048576")
    int capacityMb() default 1_024;
  }

  private static final Duration DRAIN = Duration.ofMillis(50);

  private final ClusterSettings settings;
  private final String name;
  private final Clock clock;
  private final Events events;
  private final Steps steps;
  private final FirstVersions fresh;
  private final Metering meters;
  private final ShardCalls calls;
  private final ClusterReads reads;
  private final ClusterWrites writes;
  private final Monitor monitor;
  private final List<Scheduler.Task> tasks = new ArrayList<>();
  private final Object opening = new Object();
  private final Lookup.Rows rows = new AllRows();
  private final Lookup lookup = new Lookup(rows);
  private final BalancedCopies balanced = new BalancedCopies();
  private volatile Optional<OpenCluster> cluster = Optional.empty();
  private volatile boolean closed;
  private volatile BackupWatch backupWatch = BackupWatch.NONE;

  /** Opens nothing yet: the files are opened when data are asked for. */
  @Activate
  public ShardedCluster(
      Config config,
      @Reference Home home,
      @Reference Clock clock,
      @Reference Meters meters,
      @Reference Events events,
      @Reference Scheduler scheduler) {
    this(settings(config, home), home.nodeId(), clock, meters, events, scheduler, Steps.NONE);
  }

  ShardedCluster(
      ClusterSettings settings,
      String name,
      Clock clock,
      Meters meters,
      Events events,
      Scheduler scheduler,
      Steps steps) {
    this.settings = settings;
    this.name = name;
    this.clock = clock;
    this.events = events;
    this.steps = steps;
    this.fresh = new FirstVersions(clock);
    this.meters = new Metering(meters, clock, "");
    Permits permits = new Permits(settings.permits());
    this.calls = new ShardCalls(meters, clock, permits);
    this.reads = new ClusterReads(this::opened, this.meters, calls);
    this.writes =
        new ClusterWrites(
            this::opened, this.meters, calls, new LookupWrites(lookup, rows), settings.readOnly());
    this.monitor =
        new Monitor(
            clock,
            events,
            settings,
            permits,
            s -> new ShardReading(s, calls.of(s), settings).info(opened().map(), false));
    SteadyFiles.register();
    tasks.add(scheduler.every(Monitor.PERIOD, "shard-monitor", this::watch));
    tasks.add(
        scheduler.every(
            Duration.ofMillis(H2ShardEngine.SYNC_MILLIS), "shard-upkeep", this::upkeep));
    if (settings.replicas() == Replicas.async) {
      tasks.add(scheduler.every(DRAIN, "shard-replicas", () -> eachShard(Shard::drain)));
    }
  }

  /** Who chooses the copy that is read, where that is configured; data do not wait for it. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindBalancers(Balancers room) {
    balanced.use(room);
  }

  void unbindBalancers(Balancers room) {
    balanced.use(null);
  }

  private CopyChoice choice() {
    return switch (settings.reads()) {
      case primary -> CopyChoice.PRIMARY;
      case replica -> CopyChoice.REPLICA;
      case balanced -> balanced;
    };
  }

  private static ClusterSettings settings(Config config, Home home) {
    String replicas = config.replica_dir();
    Path folder =
        replicas.isBlank() ? home.data().resolve("replicas") : home.root().resolve(replicas);
    return new ClusterSettings(
        config.shards(),
        home.data().resolve("shards"),
        folder,
        config.replicas(),
        config.reads(),
        config.durability(),
        config.connections(),
        config.permits(),
        config.cacheKb(),
        config.readOnly(),
        config.outboxRows(),
        Duration.ofSeconds(config.idleSeconds()),
        config.capacityMb() * 1024L * 1024L);
  }

  /** Lets running operations end, then closes the databases. */
  @Deactivate
  public void close() {
    synchronized (opening) {
      if (closed) {
        return;
      }
      closed = true;
      tasks.forEach(Scheduler.Task::cancel);
      cluster.ifPresent(OpenCluster::close);
      balanced.close();
      SteadyFiles.unregister();
    }
  }

  /** Leaves the files as a killed process would. */
  void abandon() {
    synchronized (opening) {
      closed = true;
      tasks.forEach(Scheduler.Task::cancel);
      cluster.ifPresent(OpenCluster::abandon);
      SteadyFiles.unregister();
    }
  }

  /** The cluster, opened when it is not. */
  OpenCluster opened() {
    Optional<OpenCluster> open = cluster;
    if (open.isPresent() && !closed) {
      return open.get();
    }
    synchronized (opening) {
      if (closed) {
        throw Refusals.closed();
      }
      if (cluster.isEmpty()) {
        OpenCluster made = open(new Exchange(places(), backupWatch));
        try {
          Migration migration = new Migration(settings.folder(), events);
          if (migration.due()) {
            migration.run(made);
          }
        } catch (LadangException e) {
          made.close();
          throw e;
        }
        cluster = Optional.of(made);
      }
      return cluster.get();
    }
  }

  /** Opens the files, after an exchange that was ordered is done; takes it back when what comes is not good. */
  private OpenCluster open(Exchange exchange) {
    Optional<Map<String, Long>> rows = exchange.proceed();
    Optional<OpenCluster> open = Optional.empty();
    try {
      open = Optional.of(OpenCluster.open(settings, name, choice(), fresh, steps, clock, events));
      if (rows.isPresent()) {
        open.get().check(rows.get());
      }
    } catch (LadangException e) {
      open.ifPresent(OpenCluster::abandon);
      if (rows.isPresent()) {
        events.error("shard.restore.failed", "shards", e.line());
        exchange.back();
      }
      throw e;
    }
    if (rows.isPresent()) {
      exchange.finish();
    }
    return open.get();
  }

  @Override
  public Frozen freeze() {
    return FrozenCluster.of(opened(), clock);
  }

  @Override
  public Places places() {
    return new Places(
        settings.folder(), settings.replicaFolder(), settings.replicas() != Replicas.none);
  }

  @Override
  public void exchange(Exchange exchange) {
    synchronized (opening) {
      if (closed) {
        throw Refusals.closed();
      }
      cluster.ifPresent(ShardedCluster::shut);
      cluster = Optional.empty();
      cluster = Optional.of(open(exchange));
    }
  }

  private static void shut(OpenCluster open) {
    try {
      open.close();
    } catch (LadangException e) {
      // Somebody does not come to an end. All that was acknowledged is in the files as they are.
      open.abandon();
    }
  }

  /** For tests. */
  void watch(BackupWatch watch) {
    backupWatch = watch;
  }

  private void eachShard(Consumer<Shard> task) {
    if (!closed) {
      cluster.ifPresent(open -> open.shards().forEach(task));
    }
  }

  /** Every 30 seconds. */
  void watch() {
    if (!closed && cluster.isPresent()) {
      sweep();
      monitor.note(cluster.get());
    }
  }

  /** Once a second. */
  void upkeep() {
    eachShard(
        shard -> {
          try {
            shard.syncWhenWritten();
            shard.catchUp();
            shard.closeWhenIdle(settings.idle());
          } catch (LadangException e) {
            // Busy with others: the next second is as good.
            events.info("shard.upkeep.late", shard.id(), e.getMessage());
          }
        });
  }

  @Override
  public Table declare(Table table) {
    Names.check(table);
    OpenCluster open = opened();
    Table known = open.tables().get(table.name());
    if (known != null && known.equals(Declarations.merge(known, table))) {
      return known;
    }
    writes.refuseWhenReadOnly();
    if (Lookup.concerns(table)) {
      open.declare(Lookup.TABLE);
    }
    if (known != null
        && Declarations.stricter(known, Declarations.merge(known, table))
        && count(table.name()) > 0) {
      throw Refusals.badDeclaration(
          "What is unique in \"" + table.name() + "\" must be declared before it has rows.");
    }
    return open.declare(table);
  }

  @Override
  public List<Table> tables() {
    return opened().tables().values().stream()
        .filter(t -> !t.name().startsWith(Lookup.PREFIX))
        .toList();
  }

  @Override
  public WriteOutcome.Written put(
      String table, String owner, String id, Map<String, Object> fields, Expect expect) {
    return (WriteOutcome.Written) writes.one(new Write.Put(table, owner, id, fields, expect));
  }

  @Override
  public WriteOutcome.Deleted delete(String table, String owner, String id, Expect expect) {
    return (WriteOutcome.Deleted) writes.one(new Write.Delete(table, owner, id, expect));
  }

  @Override
  public String newId(String owner) {
    Names.checkKey("owner", owner);
    return Ids.text(opened().ids().next(Buckets.of(owner)));
  }

  @Override
  public Optional<Row> get(String table, String id) {
    Names.checkKey("id", id);
    OpenCluster open = opened();
    Table known = Declarations.table(open.tables(), table);
    OptionalInt bucket = Ids.bucket(id);
    if (bucket.isEmpty() && !known.lookup()) {
      throw new LadangException(
              "LADANG-SHARD-015",
              "The id " + id + " alone does not say where in \"" + table + "\" its row is.")
          .next("Say whose row it is; or have the table declared with a lookup.");
    }
    if (bucket.isPresent()) {
      Optional<Row> found = reads.find(table, bucket.getAsInt(), id);
      if (found.isPresent()) {
        return found;
      }
    }
    return known.lookup()
        ? lookup.owner(table, id).flatMap(owner -> reads.get(table, owner, id))
        : Optional.empty();
  }

  /** Finishes what writers of unique values have left behind when they were cut off; returns how many. */
  int sweep() {
    return opened().tables().containsKey(Lookup.TABLE.name()) ? lookup.sweep() : 0;
  }

  /** All rows, also those that hold unique values; no claims. */
  private final class AllRows implements Lookup.Rows {
    @Override
    public long put(
        String table, String owner, String id, Map<String, Object> fields, Expect expect) {
      return ((WriteOutcome.Written) writes.single(new Write.Put(table, owner, id, fields, expect)))
          .version();
    }

    @Override
    public void delete(String table, String owner, String id, Expect expect) {
      writes.single(new Write.Delete(table, owner, id, expect));
    }

    @Override
    public Optional<Row> get(String table, String owner, String id) {
      return reads.get(table, owner, id);
    }

    @Override
    public Page scan(Scan scan) {
      return reads.scan(scan);
    }
  }

  @Override
  public List<WriteOutcome> batch(List<Write> batch) {
    return writes.batch(batch);
  }

  @Override
  public Optional<Row> get(String table, String owner, String id) {
    return reads.get(table, owner, id);
  }

  @Override
  public Page scan(Scan scan) {
    return reads.scan(scan);
  }

  @Override
  public List<Group> countBy(String table, String field) {
    return reads.countBy(table, field);
  }

  @Override
  public long count(String table) {
    return reads.count(table, Optional.empty());
  }

  @Override
  public long count(String table, String owner) {
    Names.checkKey("owner", owner);
    return reads.count(table, Optional.of(owner));
  }

  @Override
  public int bucket(String owner) {
    Names.checkKey("owner", owner);
    return Buckets.of(owner);
  }

  @Override
  public List<ShardInfo> shards() {
    return infos(opened(), true);
  }

  /** The shards as far as they are known without opening anything; none before the first use. */
  List<ShardInfo> glance() {
    return cluster.filter(open -> !closed).map(open -> infos(open, false)).orElse(List.of());
  }

  private List<ShardInfo> infos(OpenCluster open, boolean all) {
    return open.shards().stream()
        .map(s -> new ShardReading(s, calls.of(s), settings).info(open.map(), all))
        .sorted(Comparator.comparing(ShardInfo::id, ShardReading.ORDER))
        .toList();
  }

  ShardInfo.Latency reads() {
    return meters.reads();
  }

  ShardInfo.Latency writes() {
    return meters.writes();
  }

  boolean replicated() {
    return settings.replicas() != Replicas.none;
  }

  Monitor monitor() {
    return monitor;
  }

  Clock clock() {
    return clock;
  }
}
