package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Row;

/** Several threads and one row: what they are answered could have been answered to one after the other. */
class LinearizableTest {
  private static final int THREADS = 4;
  private static final int CALLS = 4;
  private static final int ROUNDS = Integer.getInteger("ladang.rounds", 150);

  @TempDir Path folder;

  /**
   * @param version of the row, and {@code height} in it; empty when it is not there
   * @param highest no version of the row may come again
   */
  private record State(Optional<Present> present, long highest) {
    static final State NONE = new State(Optional.empty(), 0);

    List<State> put(long version, int height) {
      boolean next = present.isEmpty() ? version > highest : version == present.get().version + 1;
      return next
          ? List.of(new State(Optional.of(new Present(version, height)), version))
          : List.of();
    }

    List<State> gone() {
      return List.of(new State(Optional.empty(), highest));
    }

    List<State> same(boolean right) {
      return right ? List.of(this) : List.of();
    }

    boolean at(long version) {
      return present.isPresent() && present.get().version == version;
    }
  }

  private record Present(long version, int height) {}

  @Test
  void theCheckerRefusesAReadOfWhatWasOverwrittenBefore() {
    History<State> history = new History<>();
    history.add(new History.Call<>("put 1", 0, 1, s -> s.put(10, 1)));
    history.add(new History.Call<>("put 2", 2, 3, s -> s.put(11, 2)));
    history.add(new History.Call<>("get 1", 4, 5, s -> s.same(s.at(10))));
    assertThat(history.order(State.NONE)).isEmpty();
  }

  @Test
  void theCheckerTakesAReadThatOverlapsTheWrite() {
    History<State> history = new History<>();
    history.add(new History.Call<>("put 1", 0, 1, s -> s.put(10, 1)));
    history.add(new History.Call<>("put 2", 2, 6, s -> s.put(11, 2)));
    history.add(new History.Call<>("get 1", 4, 5, s -> s.same(s.at(10))));
    assertThat(history.order(State.NONE))
        .hasValueSatisfying(o -> assertThat(o).hasToString("[put 1, get 1, put 2]"));
  }

  @Test
  @Timeout(120)
  void rowsOfOneClusterAre() throws Exception {
    histories(cluster -> {});
  }

  @Test
  @Timeout(120)
  void rowsAreWhileTheShardClosesAndItsReplicaIsMadeAgain() throws Exception {
    Random random = new Random(System.nanoTime());
    histories(
        cluster -> {
          Shard shard = cluster.opened().shard(TestCluster.home(cluster, "sari"));
          shard.closeWhenIdle(Duration.ZERO);
          if (random.nextInt(5) == 0) {
            shard.rebuild(false);
          }
        });
  }

  private interface Disturbance {
    void once(ShardedCluster cluster);
  }

  private void histories(Disturbance disturbance) throws Exception {
    long seed = Long.getLong("ladang.seed", System.nanoTime());
    ShardedCluster cluster = new TestCluster(folder).open();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    AtomicBoolean goOn = new AtomicBoolean(true);
    AtomicInteger disturbed = new AtomicInteger();
    try {
      cluster.declare(ClusterTest.PLANTS);
      cluster.put("plants", "sari", "first", Map.of(), Expect.any());
      Future<?> disturber =
          threads.submit(
              () -> {
                while (goOn.get()) {
                  disturbance.once(cluster);
                  disturbed.incrementAndGet();
                  Thread.yield();
                }
                return null;
              });
      for (int round = 0; round < ROUNDS; round++) {
        History<State> history = new History<>();
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Callable<Void>> callers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          Caller caller =
              new Caller(cluster, "row-" + round, history, new Random(seed + round * 31L + t));
          callers.add(
              () -> {
                together.await(30, TimeUnit.SECONDS);
                caller.calls();
                return null;
              });
        }
        for (Future<Void> end : threads.invokeAll(callers)) {
          end.get();
        }
        assertThat(history.order(State.NONE))
            .as("-Dladang.seed=%d, round %d: %s", seed, round, history.calls())
            .isPresent();
      }
      goOn.set(false);
      disturber.get(60, TimeUnit.SECONDS);
      assertThat(disturbed.get()).isPositive();
    } finally {
      goOn.set(false);
      threads.shutdownNow();
      cluster.close();
    }
  }

  /** One thread's calls of one row, each noted with its answer. */
  private static final class Caller {
    private final ShardedCluster cluster;
    private final String id;
    private final History<State> history;
    private final Random random;
    private Optional<Long> seen = Optional.empty();

    Caller(ShardedCluster cluster, String id, History<State> history, Random random) {
      this.cluster = cluster;
      this.id = id;
      this.history = history;
      this.random = random;
    }

    void calls() {
      for (int i = 0; i < CALLS; i++) {
        int height = random.nextInt(1_000_000);
        switch (random.nextInt(6)) {
          case 0, 1 -> get();
          case 2 -> put(height, Expect.any(), s -> true);
          case 3 -> put(height, Expect.absent(), s -> s.present().isEmpty());
          case 4 -> delete();
          default -> {
            long version = seen.orElse(1L);
            put(height, Expect.version(version), s -> s.at(version));
          }
        }
      }
    }

    private void get() {
      long began = System.nanoTime();
      Optional<Row> row = cluster.get("plants", "sari", id);
      long ended = System.nanoTime();
      seen = row.map(Row::version);
      Optional<Present> found =
          row.map(r -> new Present(r.version(), r.decimal("height").orElseThrow().intValue()));
      note("get " + found, began, ended, s -> s.same(s.present().equals(found)));
    }

    private void put(int height, Expect expect, Predicate<State> fits) {
      String text = "put " + height + " " + expect + " ";
      long began = System.nanoTime();
      try {
        long version =
            cluster.put("plants", "sari", id, Map.of("height", height), expect).version();
        seen = Optional.of(version);
        note(
            text + version,
            began,
            System.nanoTime(),
            s -> fits.test(s) ? s.put(version, height) : List.of());
      } catch (LadangException e) {
        assertThat(e.code()).as(e.line()).isEqualTo(Refusals.CONFLICT);
        note(text + "refused", began, System.nanoTime(), s -> s.same(!fits.test(s)));
      }
    }

    private void delete() {
      long began = System.nanoTime();
      boolean existed = cluster.delete("plants", "sari", id, Expect.any()).existed();
      note(
          "delete " + existed,
          began,
          System.nanoTime(),
          s -> s.present().isPresent() == existed ? s.gone() : List.of());
    }

    private void note(String text, long began, long ended, Function<State, List<State>> step) {
      history.add(new History.Call<>(text, began, ended, step));
    }
  }
}
