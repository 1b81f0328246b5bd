package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Scan;
import org.ladang.shard.provider.backup.BackupActions;
import org.ladang.shard.provider.backup.BackupStep;
import org.ladang.shard.provider.backup.BackupWatch;

/**
 * Backup and restore, cut once after each of their steps. A cut is an {@link Error}: nothing in between can take it for a
 * failure and tidy up, as nothing can when a process is killed. The files are then opened anew.
 */
class BackupCrashTest {
  private static final class Cut extends Error {
    private static final long serialVersionUID = 1;

    Cut(String where) {
      super(where);
    }
  }

  /** Counts steps, and cuts after one of them. */
  private static final class Scissors implements BackupWatch {
    private final int after;
    private final List<String> steps = new ArrayList<>();

    Scissors(int after) {
      this.after = after;
    }

    @Override
    public void reached(BackupStep step, Path file) {
      steps.add(step + " " + file.getFileName());
      if (steps.size() == after) {
        throw new Cut(steps.get(after - 1));
      }
    }
  }

  @TempDir Path folder;
  private final Fakes.TestClock clock = new Fakes.TestClock();
  private final Fakes.TestEvents events = new Fakes.TestEvents();

  private ShardedCluster open(Path root, BackupWatch watch) {
    ShardedCluster cluster = SmallCluster.open(root, clock, events);
    cluster.watch(watch);
    return cluster;
  }

  private BackupActions actions(ShardedCluster cluster, Path root, BackupWatch watch) {
    return new BackupActions(cluster, root, "backups", 1, 0, clock, events, watch);
  }

  private static void fill(ShardedCluster cluster, String generation, int rows) {
    for (int i = 0; i < rows; i++) {
      cluster.put(
          "plants", "owner-" + i, "p", Map.of("kind", generation, "height", i), Expect.any());
    }
  }

  /** What there is, if it is of one piece. */
  private static String generation(ShardedCluster cluster) {
    List<String> kinds =
        cluster.scan(Scan.of("plants").limit(1_000)).rows().stream()
            .map(r -> r.string("kind").orElseThrow())
            .toList();
    assertThat(kinds.stream().distinct()).as("generations").hasSize(1);
    assertThat(kinds).hasSize(kinds.get(0).equals("old") ? 12 : 20);
    return kinds.get(0);
  }

  /** A home whose backup says "old" and whose shards say "new". */
  private Path template() {
    Path root = folder.resolve("template");
    ShardedCluster cluster = open(root, BackupWatch.NONE);
    cluster.declare(ClusterTest.PLANTS);
    fill(cluster, "old", 12);
    actions(cluster, root, BackupWatch.NONE).backup(Optional.empty());
    fill(cluster, "new", 20);
    cluster.close();
    return root;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Runs the work on copies of the template, cut after each step in turn, until it comes to its end. */
  private int cutEverywhere(Path template, CutWork work, Consumer<Path> after) throws IOException {
    for (int at = 1; ; at++) {
      Path root = folder.resolve("cut-" + at);
      copy(template, root);
      Scissors scissors = new Scissors(at);
      ShardedCluster cluster = open(root, scissors);
      boolean cut = false;
      try {
        work.run(cluster, root, scissors);
      } catch (Cut e) {
        cut = true;
      } finally {
        cluster.abandon();
      }
      try {
        after.accept(root);
      } catch (AssertionError | LadangException e) {
        throw new AssertionError("cut " + at + ", after " + scissors.steps, e);
      }
      if (!cut) {
        return at - 1;
      }
    }
  }

  private interface CutWork {
    void run(ShardedCluster cluster, Path root, BackupWatch watch);
  }

  private void good(ShardedCluster cluster) {
    assertThat(cluster.shards()).allSatisfy(s -> assertThat(s.sentence()).isEmpty());
    Copies.assertSame(cluster);
    cluster.put("plants", "later", "p", Map.of("kind", "later"), Expect.absent());
  }

  @Test
  void aRestoreThatIsCutAnywhereLeavesTheOldOrTheNewWhole() throws IOException {
    Path template = template();
    List<String> seen = new ArrayList<>();
    int cuts =
        cutEverywhere(
            template,
            (cluster, root, watch) -> restore(cluster, root, watch),
            root -> {
              ShardedCluster again = open(root, BackupWatch.NONE);
              try {
                seen.add(generation(again));
                good(again);
                // And it can be restored as if nothing had been.
                if (seen.size() % 10 == 0) {
                  restore(again, root, BackupWatch.NONE);
                  assertThat(generation(again)).isEqualTo("old");
                }
              } finally {
                again.close();
              }
            });
    assertThat(cuts).isGreaterThan(25);
    // Once it is the restored one it stays so.
    assertThat(seen).contains("new", "old");
    assertThat(seen.subList(seen.indexOf("old"), seen.size())).containsOnly("old");
  }

  private void restore(ShardedCluster cluster, Path root, BackupWatch watch) {
    BackupActions actions = actions(cluster, root, watch);
    actions.restore(actions.backups(Optional.empty()).get(0).name());
  }

  /** The next start goes on with a restore; it too is cut everywhere, and goes on once more. */
  @Test
  void aStartThatIsCutWhileItEndsARestoreIsFinishedByTheNext() throws IOException {
    Path template = template();
    ShardedCluster cluster = open(template, BackupWatch.NONE);
    try {
      restore(cluster, template, new Scissors(cutAtNote()));
    } catch (Cut e) {
      assertThat(e).hasMessageContaining("shards.restore.json");
    } finally {
      cluster.abandon();
    }
    int cuts =
        cutEverywhere(
            template,
            (again, root, watch) -> again.opened(),
            root -> {
              ShardedCluster again = open(root, BackupWatch.NONE);
              try {
                assertThat(generation(again)).isEqualTo("old");
                good(again);
              } finally {
                again.close();
              }
            });
    assertThat(cuts).isGreaterThan(8);
  }

  /** After how many steps the restore of the template is decided. */
  private int cutAtNote() throws IOException {
    Path root = folder.resolve("counted");
    copy(folder.resolve("template"), root);
    Scissors all = new Scissors(Integer.MAX_VALUE);
    ShardedCluster cluster = open(root, BackupWatch.NONE);
    try {
      restore(cluster, root, all);
    } finally {
      cluster.close();
    }
    return 1 + all.steps.indexOf("MOVED shards.restore.json");
  }

  /** A step that no test cuts would be one that nobody has looked at. */
  @Test
  void backupAndRestoreTogetherReachEveryStep() throws IOException {
    Path root = template();
    Scissors all = new Scissors(Integer.MAX_VALUE);
    ShardedCluster cluster = open(root, all);
    try {
      actions(cluster, root, all).backup(Optional.empty());
      restore(cluster, root, all);
    } finally {
      cluster.close();
    }
    assertThat(all.steps.stream().map(step -> step.split(" ")[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(BackupStep.values()).map(BackupStep::name).toList());
  }

  @Test
  void aBackupThatIsCutAnywhereLeavesTheShardsAndTheBackupsThatThereWere() throws IOException {
    Path template = template();
    int cuts =
        cutEverywhere(
            template,
            (cluster, root, watch) -> actions(cluster, root, watch).backup(Optional.empty()),
            root -> {
              ShardedCluster again = open(root, BackupWatch.NONE);
              try {
                assertThat(generation(again)).isEqualTo("new");
                good(again);
                BackupActions actions = actions(again, root, BackupWatch.NONE);
                List<BackupActions.BackupView> views = actions.backups(Optional.empty());
                assertThat(views).isNotEmpty();
                assertThat(views).allSatisfy(v -> assertThat(v.problem()).isEmpty());
                // One more clears away what was left, and is as good as any.
                actions.backup(Optional.empty());
                try (var files = Files.list(root.resolve("backups"))) {
                  assertThat(files).hasSize(1);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              } finally {
                again.close();
              }
            });
    assertThat(cuts).isGreaterThan(10);
  }

  /** The files of the set are good, and what is in them is not what the manifest says: the old ones come back. */
  @Test
  void aRestoreWhoseFilesTurnOutBadIsTakenBack() throws IOException {
    Path root = template();
    try (var sets = Files.list(root.resolve("backups"))) {
      Path manifest = sets.findFirst().orElseThrow().resolve("manifest.json");
      String text = Files.readString(manifest);
      assertThat(text).contains("\"rows\"");
      Files.writeString(manifest, text.replaceFirst("\"rows\" : [1-9]\\d*", "\"rows\" : 77"));
    }
    ShardedCluster cluster = open(root, BackupWatch.NONE);
    try {
      LadangException refusal =
          ClusterTest.refused("LADANG-SHARD-034", () -> restore(cluster, root, BackupWatch.NONE));
      assertThat(refusal.getMessage()).contains("rows, not 77", "The shards are as they were");
      assertThat(generation(cluster)).isEqualTo("new");
      good(cluster);
    } finally {
      cluster.close();
    }
  }
}
