package org.ladang.kernel.provider.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.provider.disk.LocalDisk;

class HomeFolderTest {
  @TempDir Path folder;

  private HomeFolder open() {
    return new HomeFolder(folder.resolve("deep/home"), "0.1.0", new LocalDisk());
  }

  @Test
  void allFoldersAreMade() {
    HomeFolder home = open();

    assertThat(home.conf()).isDirectory();
    assertThat(home.deploy()).isDirectory();
    assertThat(home.data()).isDirectory();
    assertThat(home.log()).isDirectory();
    assertThat(home.run()).isDirectory();
    assertThat(home.root()).isEqualTo(folder.resolve("deep/home"));
    assertThat(home.version()).isEqualTo("0.1.0");
  }

  @Test
  void theNodeKeepsItsIdAndAnotherOneHasAnother() throws IOException {
    String id = open().nodeId();

    assertThat(id).matches("node-[0-9a-f]{12}");
    assertThat(open().nodeId()).isEqualTo(id);
    Files.delete(folder.resolve("deep/home/data/node.id"));
    assertThat(open().nodeId()).isNotEqualTo(id);
  }

  @Test
  void anOperatorMayNameTheNode() throws IOException {
    open();
    Files.writeString(folder.resolve("deep/home/data/node.id"), "field-7\n");

    assertThat(open().nodeId()).isEqualTo("field-7");
  }

  @Test
  void whatIsNoIdIsRefused() throws IOException {
    open();
    Files.writeString(folder.resolve("deep/home/data/node.id"), "a b");

    assertThatThrownBy(this::open).extracting("code").isEqualTo("LADANG-HOME-002");
  }

  @Test
  void aHomeThatIsAFileIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/home"), "");

    assertThatThrownBy(this::open).extracting("code").isEqualTo("LADANG-HOME-001");
  }
}
