package org.ladang.kernel.provider.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.disk.FragileDisk;
import org.ladang.kernel.provider.disk.FragileDisk.Loss;
import org.ladang.kernel.provider.disk.PowerCut;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;

class GenerationFolderTest {
  private static final Path FOLDER = Path.of("/home/data/generations");
  private static final Clock NOON =
      new Clock() {
        @Override
        public Instant now() {
          return Instant.parse("2026-01-31T12:00:00Z");
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private static GenerationFolder open(FragileDisk disk) {
    return new GenerationFolder(disk, FOLDER, NOON);
  }

  private static Content content(int version) {
    return new Content(
        List.of(
            new BundleEntry(
                "org.bots",
                "bots",
                Kind.PLUGIN,
                "1.0." + version,
                "ab".repeat(32),
                false,
                "bots.jar")),
        Map.of("bots.jar", "ab".repeat(32)));
  }

  private static Generation commit(GenerationFolder folder, int version) {
    return folder.commit("ann", "Version " + version + ".", present -> content(version));
  }

  @Test
  void beforeTheFirstThereIsNothing() {
    Generation nothing = open(new FragileDisk()).current();

    assertThat(nothing.number()).isZero();
    assertThat(nothing.bundles()).isEmpty();
    assertThat(open(new FragileDisk()).kept()).isEmpty();
  }

  @Test
  void whatWasCommittedIsFoundByTheNextProcess() {
    FragileDisk disk = new FragileDisk();
    Generation made = commit(open(disk), 7);

    GenerationFolder found = open(disk.restart(Loss.LOSES_ALL));

    assertThat(made.number()).isEqualTo(1);
    assertThat(found.current()).isEqualTo(made);
    assertThat(found.current().author()).isEqualTo("ann");
    assertThat(found.current().at()).isEqualTo(NOON.now());
    assertThat(disk.exists(FOLDER.resolve("000001.json"))).isTrue();
  }

  @Test
  void noChangeWritesNothing() {
    FragileDisk disk = new FragileDisk();
    GenerationFolder folder = open(disk);
    Generation made = commit(folder, 7);
    int before = disk.operations();

    assertThat(folder.commit("bob", "Again.", present -> present)).isEqualTo(made);
    assertThat(disk.operations()).isEqualTo(before);
  }

  @Test
  void theNewestTenAreKept() {
    FragileDisk disk = new FragileDisk();
    GenerationFolder folder = open(disk);
    for (int i = 1; i <= 25; i++) {
      commit(folder, i);
    }

    assertThat(folder.kept())
        .extracting(Generation::number)
        .startsWith(25L)
        .endsWith(16L)
        .hasSize(10);
    assertThat(open(disk).kept()).isEqualTo(folder.kept());
    assertThat(disk.list(FOLDER)).hasSize(10);
  }

  @Test
  void aDamagedNewestLeavesTheOneBeforeAndItsNumberIsNotUsedAgain() throws IOException {
    FragileDisk disk = new FragileDisk();
    GenerationFolder folder = open(disk);
    Generation first = commit(folder, 1);
    commit(folder, 2);
    Path newest = FOLDER.resolve("000002.json");
    byte[] bytes = disk.content(newest);
    for (byte[] damaged :
        List.of(
            new byte[0],
            Arrays.copyOf(bytes, bytes.length / 2),
            new String(bytes, StandardCharsets.UTF_8)
                .replace("1.0.2", "1.0.3")
                .getBytes(StandardCharsets.UTF_8))) {
      disk.given(newest, damaged);
      GenerationFolder found = open(disk);

      assertThat(found.current()).isEqualTo(first);
      assertThat(commit(found, 9).number()).isEqualTo(3);
      disk.delete(FOLDER.resolve("000003.json"));
    }
  }

  @Test
  void oneBundleCannotStandTwice() {
    FragileDisk disk = new FragileDisk();
    BundleEntry entry = content(1).bundles().get(0);

    assertThatThrownBy(
            () ->
                open(disk)
                    .commit("ann", "Twice.", p -> new Content(List.of(entry, entry), Map.of())))
        .extracting("code")
        .isEqualTo("LADANG-GENERATION-002");
  }

  @ParameterizedTest
  @EnumSource
  void aCutAtAnyOperationLeavesTheLastAcknowledgedOrTheNext(Loss loss) {
    int cut = 0;
    int acknowledged = 0;
    while (acknowledged < 12) {
      cut++;
      FragileDisk disk = new FragileDisk().cutAt(cut);
      acknowledged = 0;
      try {
        GenerationFolder folder = open(disk);
        while (acknowledged < 12) {
          commit(folder, acknowledged + 1);
          acknowledged++;
        }
      } catch (PowerCut e) {
        FragileDisk left = disk.restart(loss);
        Generation found = open(left).current();
        assertThat(found.number())
            .as("after a cut at operation %d", cut)
            .isBetween((long) acknowledged, acknowledged + 1L);
        // What is acted upon must not be undone by the next crash.
        assertThat(open(left.restart(Loss.LOSES_ALL)).current()).isEqualTo(found);
      }
    }
    assertThat(cut).isGreaterThan(60);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheDiskRefusedIsNotThePresent(Loss loss) {
    int from = 1;
    boolean refused = true;
    while (refused) {
      refused = false;
      FragileDisk disk = new FragileDisk();
      GenerationFolder folder = open(disk);
      Generation first = commit(folder, 1);
      disk.refuse(disk.operations() + from, disk.operations() + from + 1);
      try {
        commit(folder, 2);
      } catch (LadangException e) {
        refused = true;
        assertThat(e.code()).isEqualTo("LADANG-GENERATION-001");
        assertThat(folder.current()).isEqualTo(first);
        assertThat(open(disk.restart(loss)).current()).as("refused at %d", from).isEqualTo(first);
        assertThat(commit(folder, 3).bundles()).isEqualTo(content(3).bundles());
      }
      from++;
    }
    assertThat(from).isGreaterThan(5);
  }
}
