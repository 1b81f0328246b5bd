package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ladang.kernel.swap.BundleEntry;

/** Cuts the process off before every single change of store, inbox, generation and journal, once each. */
class CrashPointsTest {
  /** What is cut off, and what runs when it has been done. */
  enum Change {
    INSTALL(
        w -> w.drop("loans.jar", Jars.plugin("loans", "1.0.0")),
        "bots 2.0.0",
        "loans 1.0.0",
        "wells 1.0.0"),
    UPGRADE(w -> w.drop("bots.jar", Jars.plugin("bots", "3.0.0")), "bots 3.0.0", "wells 1.0.0"),
    UPGRADE_BY_ANOTHER_FILE(
        w -> w.drop("bots-3.jar", Jars.plugin("bots", "3.0.0")), "bots 3.0.0", "wells 1.0.0"),
    DOWNGRADE(w -> w.drop("bots.jar", Jars.plugin("bots", "1.0.0")), "bots 1.0.0", "wells 1.0.0"),
    REFUSED_UPGRADE(
        w -> w.drop("bots.jar", Jars.plugin("bots", "6.6.6")), "bots 2.0.0", "wells 1.0.0"),
    NO_JAR(w -> w.drop("wells.jar", new byte[] {1, 2, 3}), "bots 2.0.0", "wells 1.0.0"),
    ROLLBACK(w -> w.orders.rollback(Optional.of(2L), "ada"), "bots 1.0.0"),
    APPLY(
        w ->
            w.orders.apply(
                new SetFile(w.deploy.resolveSibling("set"))
                    .with("bots", "3.0.0", Jars.plugin("bots", "3.0.0"))
                    .with("loans", "1.0.0", Jars.plugin("loans", "1.0.0"))
                    .write(true),
                false,
                false,
                "ada"),
        "bots 3.0.0",
        "loans 1.0.0"),
    REMOVE(w -> w.delete("wells.jar"), "bots 2.0.0"),
    SEVERAL_AT_ONCE(
        w -> {
          w.drop("bots.jar", Jars.plugin("bots", "3.0.0"));
          w.drop("loans.jar", Jars.plugin("loans", "1.0.0"));
          w.delete("wells.jar");
        },
        "bots 3.0.0",
        "loans 1.0.0");

    private final Consumer<DeployWorld> begin;
    private final List<String> after;

    Change(Consumer<DeployWorld> begin, String... after) {
      this.begin = begin;
      this.after = List.of(after);
    }
  }

  private static final Set<Change> ORDERS = EnumSet.of(Change.ROLLBACK, Change.APPLY);
  private static final List<String> BEFORE = List.of("bots 2.0.0", "wells 1.0.0");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aRestartAfterACutAnywhereBringsTheOldOrTheNewAndEndsWithTheNew(Change change)
      throws IOException {
    int cuts = 0;
    for (int step = 1; ; step++) {
      DeployWorld world = prepared(step);
      change.begin.accept(world);
      world.kernel.cut.cutAt(step);
      if (whole(world)) {
        assertThat(running(world)).containsExactlyElementsOf(change.after);
        break;
      }
      cuts++;
      world.kernel.cut.on();
      boot(world);
      String when = change + " cut at step " + step;
      // Several files are several changes: each is whole or not begun.
      Set<String> known = new TreeSet<>(BEFORE);
      known.addAll(change.after);
      assertThat(known).as(when).containsAll(running(world));
      if (change != Change.SEVERAL_AT_ONCE) {
        assertThat(running(world)).as(when).isIn(BEFORE, change.after);
      }
      world.open();
      world.rollback.resume();
      world.applying.resume();
      world.settle();
      // An order that was not yet written down is nothing that a file would remember.
      List<String> end =
          ORDERS.contains(change) && running(world).equals(BEFORE) ? BEFORE : change.after;
      assertThat(running(world)).as(when + ", settled").isEqualTo(end);
      assertThat(world.listing()).as(when).containsOnlyKeys(world.files());
      assertThat(
              world.generation().bundles().stream()
                  .map(b -> b.name() + " " + b.version())
                  .sorted()
                  .toList())
          .as(when)
          .isEqualTo(end);
    }
    assertThat(cuts).isGreaterThan(2);
  }

  private DeployWorld prepared(int step) throws IOException {
    DeployWorld world = new DeployWorld(folder.resolve("world" + step));
    world.swapper.bad.put("bots 6.6.6", "LADANG-SWAP-012");
    world.drop("bots.jar", Jars.plugin("bots", "1.0.0"));
    world.settle();
    world.drop("bots.jar", Jars.plugin("bots", "2.0.0"));
    world.drop("wells.jar", Jars.plugin("wells", "1.0.0"));
    world.settle();
    assertThat(running(world)).isEqualTo(BEFORE);
    return world;
  }

  /** Whether it came to its end. */
  private static boolean whole(DeployWorld world) {
    try {
      world.settle();
      return true;
    } catch (PowerSwitch.Off e) {
      return false;
    }
  }

  /** What the kernel does at a start: exactly what the generation names runs. */
  private static void boot(DeployWorld world) {
    world.swapper.running.clear();
    for (BundleEntry entry : world.generation().bundles()) {
      world.swapper.apply(entry);
    }
  }

  private static List<String> running(DeployWorld world) {
    return world.running().stream().sorted().toList();
  }
}
