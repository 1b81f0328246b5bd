package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.provider.file.FileWatch;
import org.ladang.shard.provider.file.SteadyFiles;

/** The disk refuses what is written: reads go on, a sentence says what to do, nothing acknowledged is lost. */
class FullDiskTest {
  private static final String SHARD = "shard-0";

  @TempDir Path folder;
  private ShardedCluster cluster;
  private TestCluster setup;
  private Path full;

  private void open() {
    setup = new TestCluster(folder);
    setup.shards = 1;
    cluster = setup.open();
    cluster.declare(ClusterTest.PLANTS);
    put("before");
  }

  @AfterEach
  void close() {
    if (full != null) {
      SteadyFiles.unwatch(full);
    }
    cluster.close();
  }

  private void put(String id) {
    cluster.put("plants", "sari", id, ClusterTest.kind("x"), Expect.any());
  }

  private boolean has(String id) {
    return cluster.get("plants", "sari", id).isPresent();
  }

  private void fill(Path what, FileWatch.Operation... refused) {
    full = what;
    SteadyFiles.watch(
        what,
        (operation, file, position, length) -> {
          for (FileWatch.Operation one : refused) {
            if (operation == one) {
              throw new IOException("No space left on device");
            }
          }
        });
  }

  private void empty() {
    SteadyFiles.unwatch(full);
    full = null;
    setup.clock.advance(Copy.AGAIN);
    cluster.upkeep();
    setup.clock.advance(Copy.AGAIN);
    cluster.upkeep();
  }

  private void wellAgain() {
    assertThat(has("before")).isTrue();
    put("after");
    assertThat(has("after")).isTrue();
    assertThat(cluster.opened().shard(SHARD).verify().problems()).isEmpty();
    cluster.close();
    cluster = setup.open();
    assertThat(has("before")).isTrue();
    assertThat(has("after")).isTrue();
    assertThat(cluster.opened().shard(SHARD).verify().problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = FileWatch.Operation.class,
      names = {"WRITE", "TRUNCATE"})
  void ofThePrimaryOnly(FileWatch.Operation refused) {
    open();
    fill(folder.resolve("shards").resolve(SHARD), refused);
    try {
      put("during");
    } catch (LadangException e) {
      assertThat(e.code()).isEqualTo("LADANG-SHARD-014");
      assertThat(e.line()).contains("Read the row to see whether the write is there");
    }
    assertThat(has("before")).isTrue();
    empty();
    wellAgain();
  }

  @Test
  void ofTheReplicaOnlyWritesAreAcknowledgedWithAWarningAndNotLost() {
    open();
    fill(folder.resolve("replicas").resolve(SHARD), FileWatch.Operation.WRITE);
    assertThat(
            cluster.put("plants", "sari", "during", ClusterTest.kind("x"), Expect.any()).warnings())
        .isNotEmpty();
    assertThat(has("during")).isTrue();
    empty();
    assertThat(has("during")).isTrue();
    wellAgain();
  }

  @Test
  void whileARebuildGoesOnTheReplicaIsMadeAgainLater() {
    open();
    fill(folder.resolve("replicas").resolve(SHARD), FileWatch.Operation.WRITE);
    try {
      cluster.opened().shard(SHARD).rebuild(false);
    } catch (LadangException e) {
      assertThat(e.code()).startsWith("LADANG-SHARD-01");
    }
    assertThat(has("before")).isTrue();
    put("meanwhile");
    empty();
    assertThat(cluster.opened().shard(SHARD).rebuild(false)).isEqualTo(2);
    assertThat(has("meanwhile")).isTrue();
    wellAgain();
  }

  @Test
  void aDiskThatKeepsNothingDurablyIsNoFailureOfTheProcess() {
    open();
    fill(folder, FileWatch.Operation.FORCE);
    assertThat(has("before")).isTrue();
    put("during");
    assertThat(has("during")).isTrue();
    empty();
    assertThat(has("during")).isTrue();
    wellAgain();
  }
}
