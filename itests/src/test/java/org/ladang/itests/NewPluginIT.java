package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewPluginIT {
  @TempDir Path folder;

  @Test
  void aNewPluginBuildsOfflineAndIsLiveByCopyingItsJar() {
    Path project = folder.resolve("a project");
    try (Ladang ladang = Ladang.on(folder.resolve("home")).start()) {
      ladang.ladang("new-plugin", "my-greeter", project.toString()).succeeded();
      Command.run(
              project, Map.of(), Duration.ofMinutes(2), List.of("mvn", "-B", "-q", "-o", "package"))
          .succeeded();
      ladang.drop(project.resolve("target/my-greeter-1.0.0.jar"));
      ladang.awaitPlugin("my-greeter", "ACTIVE");
      assertThat(ladang.shell("my-greeter:greet", "name=world").object())
          .containsEntry("text", "Hello, world.")
          .containsEntry("version", "1.0.0");
    }
  }

  @Test
  void aNameThatIsNoneAndAFolderThatIsFullAreRefused() {
    try (Ladang ladang = Ladang.on(folder.resolve("home"))) {
      assertThat(ladang.ladang("new-plugin", "My Plugin", folder.resolve("x").toString()).exit())
          .isEqualTo(2);
      ladang.ladang("new-plugin", "class", folder.resolve("full").toString()).succeeded();
      assertThat(ladang.ladang("new-plugin", "again", folder.resolve("full").toString()).err())
          .contains("not empty");
    }
  }
}
