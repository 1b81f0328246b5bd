package org.ladang.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.config.Configuration;

class FilesTest {
  private static final String FILE = "org.ladang.shard.properties";

  @TempDir Path root;
  private Field field;
  private Configuration configuration;

  @BeforeEach
  void plant() {
    field = new Field(root).withShard();
    field.file(FILE, "maxPool=20\nmode=ASYNC\n");
    configuration = field.open();
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxPool=x", "maxPool=0", "maxpool=7", "maxPool=\\u12"})
  void aBadFileIsRefusedWithASentenceAndTheFormerValuesStay(String text) {
    field.file(FILE, "mode=SYNC\n" + text + "\n");
    field.look();

    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(field.get("mode")).isEqualTo("ASYNC");
    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith("conf/org.ladang.shard.properties is refused: ")
        .endsWith("Its former values stay until it is put right. [LADANG-CONFIG-010]");
    assertThat(field.events.sentences("config.refused")).hasSize(1);
  }

  @Test
  void theFormerValuesOfABadFileStayOverARestart() {
    field.close();
    field.file(FILE, "maxPool=none\n");
    configuration = field.open();

    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(field.admin.value(Field.SHARD, "maxPool")).isEqualTo(20);
    assertThat(configuration.problems()).hasSize(1);
  }

  @Test
  void aBadFileThatIsPutRightIsTakenOver() {
    field.file(FILE, "maxPool=none\n");
    field.look();
    field.file(FILE, "maxPool=21\n");
    field.look();

    assertThat(field.get("maxPool")).isEqualTo(21);
    assertThat(field.get("mode")).isEqualTo("SYNC");
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void aFileThatSomebodyMayStillBeWritingIsNotTakenYet() {
    field.file(FILE, "maxPool=2");
    field.scheduler.turn();
    assertThat(field.get("maxPool")).isEqualTo(20);
    field.file(FILE, "maxPool=200\n");
    field.scheduler.turn();
    assertThat(field.get("maxPool")).isEqualTo(20);
    field.scheduler.turn();

    assertThat(field.get("maxPool")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "{\"maxPool\": {}}",
        "{\"maxPool\": null}",
        "{\"maxPool\": 1",
        "{\"a\":1,\"a\":2}"
      })
  void aJsonFileThatIsNoFlatObjectIsRefused(String json) {
    field.file("com.foreign.json", json);
    field.look();

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith("conf/com.foreign.json is refused: ")
        .contains("LADANG-CONFIG-010");
    assertThat(field.admin.has("com.foreign")).isFalse();
  }

  @Test
  void ofTwoFilesForOnePidThePropertiesCountAndTheOtherIsRefusedUntilTheyGo() {
    field.file("org.ladang.shard.json", "{\"maxPool\": 99}");
    field.look();
    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(configuration.problems()).singleElement().asString().contains("LADANG-CONFIG-014");

    field.noFile(FILE);
    field.look();
    field.look();
    assertThat(field.get("maxPool")).isEqualTo(99);
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void theLaunchersFilesAndEditorsLeftoversAreNoConfiguration() {
    field.file("config.properties", "felix.cache=x\n");
    field.file("system.properties", "a=b\n");
    field.file(".org.ladang.shard.properties", "maxPool=99\n");
    field.file("org.ladang.shard.properties~", "maxPool=98\n");
    field.look();

    assertThat(configuration.list()).hasSize(1);
    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void aFileIsJudgedAnewWhenItsBundleComes() {
    field.file("org.ladang.later.properties", "size=big\n");
    field.look();
    assertThat(configuration.problems()).isEmpty();
    field.framework.room(
        "later",
        "0.1.0",
        Map.of("org.ladang.later", List.of(FakeFramework.Attribute.of("size", 3, "1"))));

    assertThat(configuration.problems())
        .anySatisfy(s -> assertThat(s).contains("size of later must be a whole number"));
    assertThat(field.admin.value("org.ladang.later", "size")).isNull();
  }
}
