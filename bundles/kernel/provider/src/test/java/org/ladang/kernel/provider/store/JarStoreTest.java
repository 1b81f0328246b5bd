package org.ladang.kernel.provider.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.disk.FragileDisk;
import org.ladang.kernel.provider.disk.FragileDisk.Loss;
import org.ladang.kernel.provider.disk.LocalDisk;
import org.ladang.kernel.provider.disk.PowerCut;

class JarStoreTest {
  private static final Path FOLDER = Path.of("/home/data/store");
  private static final Path JAR = Path.of("/home/deploy/a.jar");
  private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);
  private static final String SHA =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path temp;

  @Test
  void aJarIsKeptUnderItsHash() throws IOException {
    JarStore store = new JarStore(new LocalDisk(), temp.resolve("store"));
    Path jar = Files.write(temp.resolve("a.jar"), CONTENT);

    assertThat(store.put(jar)).isEqualTo(SHA);
    assertThat(store.path(SHA)).isEqualTo(temp.resolve("store/ba/" + SHA + ".jar"));
    assertThat(store.path(SHA)).hasBinaryContent(CONTENT);
  }

  @Test
  void theSameJarIsNotWrittenAgain() {
    FragileDisk disk = new FragileDisk();
    disk.given(JAR, CONTENT);
    JarStore store = new JarStore(disk, FOLDER);
    store.put(JAR);
    store.put(JAR);
    int before = disk.operations();

    assertThat(store.put(JAR)).isEqualTo(SHA);
    assertThat(disk.operations()).isEqualTo(before);
  }

  @Test
  void onlyWhatIsUsedIsRetained() throws IOException {
    JarStore store = new JarStore(new LocalDisk(), temp.resolve("store"));
    String used = store.put(Files.writeString(temp.resolve("a.jar"), "a"));
    String unused = store.put(Files.writeString(temp.resolve("b.jar"), "b"));

    assertThat(store.retain(Set.of(used))).isEqualTo(1);
    assertThat(store.path(used)).exists();
    assertThat(store.path(unused)).doesNotExist();
  }

  @Test
  void aNameThatIsNoHashLeadsNowhere() {
    JarStore store = new JarStore(new FragileDisk(), FOLDER);

    assertThatThrownBy(() -> store.path("../../etc/passwd"))
        .extracting("code")
        .isEqualTo("LADANG-STORE-002");
  }

  @Test
  void aMissingFileIsRefusedWithItsName() {
    JarStore store = new JarStore(new FragileDisk(), FOLDER);

    assertThatThrownBy(() -> store.put(JAR))
        .hasMessageStartingWith("The file a.jar cannot be taken into the store")
        .extracting("code")
        .isEqualTo("LADANG-STORE-001");
  }

  @ParameterizedTest
  @EnumSource
  void aCutAtAnyOperationLeavesNoJarOrAWholeOne(Loss loss) {
    boolean put = false;
    for (int cut = 1; !put; cut++) {
      FragileDisk disk = new FragileDisk();
      disk.given(JAR, CONTENT);
      disk.cutAt(cut);
      try {
        new JarStore(disk, FOLDER).put(JAR);
        put = true;
      } catch (PowerCut e) {
        assertThat(put).isFalse();
      }
      FragileDisk left = disk.restart(loss);
      JarStore store = new JarStore(left, FOLDER);
      if (put || left.exists(store.path(SHA))) {
        assertThat(left.content(store.path(SHA))).as("after a cut at %d", cut).isEqualTo(CONTENT);
      }
      assertThat(left.list(FOLDER)).noneMatch(file -> file.toString().contains("incoming"));
      store.put(JAR);
      FragileDisk later = left.restart(Loss.LOSES_ALL);
      assertThat(later.content(store.path(SHA))).isEqualTo(CONTENT);
    }
  }

  @Test
  void whatTheDiskRefusesLeavesNothingBehind() {
    boolean refused = true;
    for (int at = 1; refused; at++) {
      FragileDisk disk = new FragileDisk();
      disk.given(JAR, CONTENT);
      JarStore store = new JarStore(disk, FOLDER);
      disk.refuse(at, at + 1);
      refused = false;
      try {
        store.put(JAR);
      } catch (LadangException e) {
        refused = true;
        assertThat(e.code()).isEqualTo("LADANG-STORE-001");
      }
      disk.refuse(Integer.MAX_VALUE, Integer.MAX_VALUE);
      assertThat(store.put(JAR)).isEqualTo(SHA);
      assertThat(disk.restart(Loss.LOSES_ALL).content(store.path(SHA))).isEqualTo(CONTENT);
    }
  }

  @Test
  void aRefusedPutIsMadeDurableByTheNextEvenInAFolderThatWasDurable() {
    FragileDisk disk = new FragileDisk();
    disk.given(JAR, CONTENT);
    JarStore store = new JarStore(disk, FOLDER);
    store.put(JAR);
    Path twin = Path.of("/home/deploy/b.jar");
    // Its hash begins like that of the first, so that both lie in one folder.
    disk.given(twin, "504".getBytes(StandardCharsets.UTF_8));
    int forceFolder = disk.operations() + 5;
    disk.refuse(forceFolder, forceFolder + 1);
    assertThatThrownBy(() -> store.put(twin)).hasMessageContaining("forceFolder");

    Path stored = store.path(store.put(twin));

    assertThat(stored.getParent()).isEqualTo(store.path(SHA).getParent());
    assertThat(disk.restart(Loss.LOSES_ALL).exists(stored)).isTrue();
  }
}
