package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin.Migration;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.disk.LocalDisk;
import org.ladang.kernel.provider.disk.PowerCut;
import org.ladang.kernel.provider.state.JournalStates;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Kind;

class PluginFoldersTest {
  @TempDir Path folder;

  private PluginFolders open(Disk disk) {
    return new PluginFolders(
        folder.resolve("plugins"),
        new JournalStates(disk, folder.resolve("state")).open("plugin-folders"),
        disk);
  }

  private static BundleEntry entry(String version, String data) {
    return new BundleEntry(
        "sn.bots", "bots", Kind.PLUGIN, version, "0".repeat(64), false, "bots.jar", data);
  }

  private Path file(String data) {
    return folder.resolve("plugins").resolve(data).resolve("deep/file.txt");
  }

  private void write(String data, String text) throws IOException {
    Files.createDirectories(file(data).getParent());
    Files.writeString(file(data), text);
  }

  private void migrate(PluginFolders folders, BundleEntry from, BundleEntry to, Migration how)
      throws IOException {
    Path copy = folders.copy(from, to);
    Files.writeString(copy.resolve("deep/file.txt"), "for " + to.version());
    folders.adopt(from, to, how);
    folders.serves(to);
  }

  @Test
  void aMigrationMakesAnotherFolderAndLeavesTheFormer() throws IOException {
    PluginFolders folders = open(new LocalDisk());
    write("bots", "for 1.0.0");
    assertThat(folders.current("bots")).isEqualTo("bots");
    assertThat(folders.next("bots")).isEqualTo("bots@1");

    migrate(folders, entry("1.0.0", "bots"), entry("2.0.0", "bots@1"), Migration.ONE_WAY);

    assertThat(file("bots")).hasContent("for 1.0.0");
    assertThat(file("bots@1")).hasContent("for 2.0.0");
    assertThat(folders.current("bots")).isEqualTo("bots@1");
    assertThat(folders.next("bots")).isEqualTo("bots@2");
  }

  @Test
  void anEarlierVersionReadsWhatWasThereBeforeTheOneWayMigrationThatItDoesNotKnow()
      throws IOException {
    PluginFolders folders = open(new LocalDisk());
    write("bots", "for 1.0.0");
    migrate(folders, entry("1.0.0", "bots"), entry("2.0.0", "bots@1"), Migration.ONE_WAY);
    migrate(folders, entry("2.0.0", "bots@1"), entry("3.0.0", "bots@2"), Migration.BOTH_WAYS);
    migrate(folders, entry("3.0.0", "bots@2"), entry("4.0.0", "bots@3"), Migration.ONE_WAY);

    assertThat(folders.readable("bots", "bots@3", "4.1.0")).isEqualTo("bots@3");
    assertThat(folders.readable("bots", "bots@3", "3.0.0")).isEqualTo("bots@2");
    assertThat(folders.readable("bots", "bots@3", "2.0.0")).isEqualTo("bots@2");
    assertThat(folders.readable("bots", "bots@1", "1.0.0")).isEqualTo("bots");
  }

  @Test
  void aStartDeletesWhatNobodyGoesBackToAndNeverTheFirstOrThePresentOne() throws IOException {
    PluginFolders folders = open(new LocalDisk());
    write("bots", "for 1.0.0");
    migrate(folders, entry("1.0.0", "bots"), entry("2.0.0", "bots@1"), Migration.ONE_WAY);
    migrate(folders, entry("2.0.0", "bots@1"), entry("3.0.0", "bots@2"), Migration.ONE_WAY);
    migrate(folders, entry("3.0.0", "bots@2"), entry("4.0.0", "bots@3"), Migration.ONE_WAY);
    folders.copy(entry("4.0.0", "bots@3"), entry("5.0.0", "bots@4"));

    open(new LocalDisk()).tidy(Set.of("bots@2"));

    try (var left = Files.list(folder.resolve("plugins"))) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("bots", "bots@2", "bots@3");
    }
    assertThatThrownBy(() -> folders.readable("bots", "bots@2", "2.0.0"))
        .isInstanceOf(LadangException.class)
        .hasMessage(
            "bots 3.0.0 has changed the plugin's files so that 2.0.0 cannot read them, and no copy from before is kept.");
  }

  @Test
  void whatARemovedVersionLeftIsKnownUntilAnotherServes() throws IOException {
    PluginFolders folders = open(new LocalDisk());
    folders.left(entry("1.0.0", "bots"));
    assertThat(folders.leftBy("bots")).as("it had no files").isEmpty();
    write("bots", "for 1.0.0");
    folders.left(entry("1.0.0", "bots"));
    assertThat(open(new LocalDisk()).leftBy("bots")).contains("1.0.0");
    folders.serves(entry("1.0.0", "bots"));
    assertThat(folders.leftBy("bots")).isEmpty();
  }

  @Test
  void aProcessKilledAtAnyOperationLeavesTheFormerFilesAndNoHalfOfTheLater() throws IOException {
    boolean done = false;
    int cuts = 0;
    for (; !done; cuts++) {
      Path home = Files.createDirectory(folder.resolve("home-" + cuts));
      folder = home;
      write("bots", "for 1.0.0");
      try {
        migrate(
            open(until(cuts + 1)),
            entry("1.0.0", "bots"),
            entry("2.0.0", "bots@1"),
            Migration.ONE_WAY);
        done = true;
      } catch (PowerCut e) {
        done = false;
      }
      PluginFolders after = open(new LocalDisk());
      after.tidy(Set.of("bots", "bots@1"));
      assertThat(file("bots")).as("cut %d", cuts).hasContent("for 1.0.0");
      if (Files.exists(file("bots@1").getParent().getParent())) {
        assertThat(file("bots@1")).as("cut %d", cuts).hasContent("for 2.0.0");
        assertThat(after.readable("bots", "bots@1", "1.0.0")).isEqualTo("bots");
      }
      folder = home.getParent();
    }
    assertThat(cuts).isGreaterThan(5);
  }

  /** The machine's disk until its nth operation. */
  private static Disk until(int cut) {
    AtomicInteger count = new AtomicInteger();
    Disk local = new LocalDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (count.incrementAndGet() >= cut) {
                throw new PowerCut();
              }
              try {
                return method.invoke(local, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
