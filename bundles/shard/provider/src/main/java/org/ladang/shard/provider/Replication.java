package org.ladang.shard.provider;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;

/**
 * Has the replica follow the primary, in the order of the outbox. A writer that has committed leaves its rows in a queue;
 * whoever has the replica's lock applies all that wait there in one transaction, so that many writers share one commit.
 *
 * <p>When the replica fails, or cannot keep up, the queue is given up and the replica is <em>behind</em>: the outbox in
 * the primary says what it misses. {@link #catchUp} reads it from there until nothing is missing. That it is behind is
 * noted durably before the first write is acknowledged without it: who rebuilds a primary from its replica must know.
 */
final class Replication {
  private static final int MAX_WAITING = 10_000;
  private static final int PAGE = 500;
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** Told, durably, when a replica falls behind and when it has caught up. */
  interface Witness {
    /** Whether acknowledged writes may be missing on the replica. */
    void behind(String shard, boolean missing);
  }

  private record Waiting(List<RowState> rows, long number, long nanos) {}

  private final String shard;
  private final Copy replica;
  private final Clock clock;
  private final Events events;
  private final Witness witness;
  private final ReentrantLock applying = new ReentrantLock();
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

  private volatile long applied;

  /** What the replica's disk was told to keep: until then the outbox keeps it, too. */
  private volatile long kept;

  private volatile Optional<String> behind = Optional.empty();
  private volatile long since;

  Replication(String shard, Copy replica, Clock clock, Events events, Witness witness) {
    this.shard = shard;
    this.replica = replica;
    this.clock = clock;
    this.events = events;
    this.witness = witness;
  }

  /** The replica was opened and follows up to here. */
  void opened(long number) {
    queue.clear();
    applied = number;
    kept = number;
    behind = Optional.empty();
  }

  /** The replica cannot be asked how far it follows; this is what is known of it. */
  void believe(long number) {
    applied = number;
  }

  /** Up to which outbox entry the replica follows even after a power failure. */
  long kept() {
    return kept;
  }

  /** Has the replica's disk keep what was applied. */
  void sync() throws SQLException {
    Optional<ShardEngine> engine = replica.engine();
    if (engine.isPresent()) {
      long before = applied;
      engine.get().sync();
      kept = before;
    }
  }

  /** Up to which outbox entry the replica surely follows. */
  long applied() {
    return applied;
  }

  /** Why the replica is behind; empty when it is in step, or nearly so. */
  Optional<String> behind() {
    return behind;
  }

  /** How far the replica may be behind. */
  Duration lag() {
    if (behind.isPresent()) {
      return Duration.ofNanos(Math.max(1, clock.nanos() - since));
    }
    Waiting oldest = queue.peek();
    return oldest == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, clock.nanos() - oldest.nanos()));
  }

  /** Rows that the primary has just committed; called in the order of the commits. */
  void committed(Committed write) {
    if (behind.isPresent() || write.rows().isEmpty()) {
      return;
    }
    queue.add(new Waiting(write.rows(), write.last(), clock.nanos()));
  }

  /** Has the replica follow up to a number, or says why it does not. */
  Optional<String> follow(long number) {
    if (behind.isPresent()) {
      return behind;
    }
    if (!lock()) {
      return fallBehind("it did not answer within " + WAIT.toSeconds() + " s");
    }
    try {
      while (applied < number && behind.isEmpty()) {
        applyQueue();
      }
      return behind;
    } finally {
      applying.unlock();
    }
  }

  /** Applies what waits, for a replica that follows by itself. */
  void drain() {
    if (behind.isPresent() || queue.isEmpty() || !lock()) {
      return;
    }
    try {
      while (!queue.isEmpty() && behind.isEmpty()) {
        applyQueue();
      }
    } finally {
      applying.unlock();
    }
  }

  private boolean lock() {
    if (applying.tryLock()) {
      return true;
    }
    // The primary has committed: an interrupt must not leave the replica without it.
    boolean interrupted = false;
    long end = System.nanoTime() + WAIT.toNanos();
    try {
      while (true) {
        try {
          return applying.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void applyQueue() {
    Waiting next = queue.poll();
    if (next == null) {
      fallBehind("writes went past it");
      return;
    }
    List<RowState> rows = next.rows();
    long last = next.number();
    for (Waiting more = queue.peek(); more != null && rows.size() < PAGE; more = queue.peek()) {
      rows = rows == next.rows() ? new ArrayList<>(rows) : rows;
      rows.addAll(more.rows());
      last = more.number();
      queue.poll();
    }
    Optional<ShardEngine> engine = replica.engine();
    if (engine.isEmpty()) {
      fallBehind(replica.damage().map(LadangException::getMessage).orElse("it is not open"));
      return;
    }
    try {
      engine.get().apply(rows, last);
      applied = last;
    } catch (SQLException e) {
      fallBehind(H2Failures.running(e, true).getMessage());
      if (H2Failures.lost(e)) {
        replica.lose(H2Failures.running(e, true).getMessage());
      }
    }
  }

  /** The replica misses what is written from now on. */
  Optional<String> fallBehind(String why) {
    synchronized (this) {
      if (behind.isEmpty()) {
        since = clock.nanos();
        behind = Optional.of("The replica of " + shard + " is behind: " + why);
        witness.behind(shard, true);
        events.warning("shard.replica.behind", shard, behind.get());
      }
    }
    queue.clear();
    return behind;
  }

  /** Whether more waits than is kept in memory; the queue is then given up. */
  void bound() {
    if (queue.size() > MAX_WAITING) {
      fallBehind("more than " + MAX_WAITING + " writes wait for it");
    }
  }

  /**
   * Applies one page of what the outbox says is missing.
   *
   * @return whether there may be more
   */
  boolean catchUp(ShardEngine primary, Map<String, Table> tables) throws SQLException {
    ShardEngine engine =
        replica
            .engine()
            .orElseThrow(() -> new LadangException("LADANG-SHARD-013", "The replica is not open."));
    applying.lock();
    try {
      List<OutboxEntry> entries = primary.entries(applied, PAGE);
      if (entries.isEmpty()) {
        return false;
      }
      if (entries.get(0).number() != applied + 1) {
        throw gap(entries.get(0).number());
      }
      long last = entries.get(entries.size() - 1).number();
      engine.apply(present(primary, entries, tables), last);
      applied = last;
      return entries.size() == PAGE;
    } finally {
      applying.unlock();
    }
  }

  private LadangException gap(long first) {
    return new LadangException(
            "LADANG-SHARD-012",
            "The replica of "
                + shard
                + " follows up to write "
                + applied
                + ", and the outbox begins with "
                + first
                + ": it is older than it was.")
        .next("shard:rebuild " + shard + " makes it again from the primary.");
  }

  private static List<RowState> present(
      ShardEngine primary, List<OutboxEntry> entries, Map<String, Table> tables)
      throws SQLException {
    Map<List<String>, OutboxEntry> touched = new LinkedHashMap<>();
    entries.forEach(e -> touched.put(List.of(e.table(), e.owner(), e.id()), e));
    List<RowState> rows = new ArrayList<>();
    for (OutboxEntry entry : touched.values()) {
      Table table = tables.get(entry.table());
      if (table == null) {
        continue;
      }
      Optional<StoredRow> row = primary.get(table, entry.owner(), entry.id());
      rows.add(
          row.map(r -> RowState.of(table, r))
              .orElseGet(() -> RowState.gone(table, entry.owner(), entry.id(), entry.bucket())));
    }
    return rows;
  }

  /** Runs something while the replica has all that the primary has committed; called while nobody writes. */
  void still(Verifier.Work work) throws SQLException {
    if (!lock()) {
      throw Refusals.busy();
    }
    try {
      while (!queue.isEmpty() && behind.isEmpty()) {
        applyQueue();
      }
      work.run();
    } finally {
      applying.unlock();
    }
  }

  /**
   * What the replica misses is in the outbox. It is noted all the same: before it has caught up, writes may be
   * acknowledged without it.
   */
  void missed() {
    witness.behind(shard, true);
    since = clock.nanos();
    behind = Optional.of("The replica of " + shard + " is catching up.");
    queue.clear();
  }

  /** Nothing is missing any more; called while nobody writes. */
  void caughtUp() {
    if (behind.isPresent()) {
      queue.clear();
      behind = Optional.empty();
      witness.behind(shard, false);
      events.info("shard.replica.caught-up", shard, "The replica of " + shard + " has caught up.");
    }
  }
}
