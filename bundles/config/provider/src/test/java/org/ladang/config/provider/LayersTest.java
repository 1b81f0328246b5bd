package org.ladang.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Effective;
import org.ladang.config.Layer;
import org.ladang.config.Summary;

class LayersTest {
  @TempDir Path root;
  private Field field;

  @BeforeEach
  void plant() {
    field = new Field(root).withShard();
  }

  @Test
  void theHighestLayerWinsAndSaysSo() {
    field.file("org.ladang.shard.properties", "maxPool=20\nmode = ASYNC\nlazy=true\n");
    field.environment.put("LADANG_SHARD_MAXPOOL", "30");
    field.environment.put("LADANG_SHARD_MODE", "SYNC");
    Configuration configuration = field.open();
    field.set("maxPool", 40);

    Effective shard = configuration.get("shard");
    assertThat(shard.value("maxPool"))
        .contains(
            new Effective.Value(
                "maxPool",
                Optional.of(40),
                Layer.RUNTIME,
                "revision 1 by alice",
                List.of(Layer.FILE, Layer.ENVIRONMENT)));
    assertThat(shard.value("mode").orElseThrow())
        .extracting(Effective.Value::layer, Effective.Value::origin)
        .containsExactly(Layer.ENVIRONMENT, "LADANG_SHARD_MODE");
    assertThat(shard.value("lazy").orElseThrow())
        .extracting(Effective.Value::layer, Effective.Value::origin)
        .containsExactly(Layer.FILE, "conf/org.ladang.shard.properties");
    assertThat(shard.value("ratio").orElseThrow())
        .extracting(Effective.Value::layer, Effective.Value::origin)
        .containsExactly(Layer.DEFAULT, "org.ladang.shard.provider 0.1.0");
  }

  @Test
  void valuesReachConfigurationAdminInTheirDeclaredTypeAndDefaultsDoNot() {
    field.file("org.ladang.shard.json", "{\"nodes\": [\"x\", \"y\"], \"bytes\": 7}");
    field.environment.put("LADANG_ORG_LADANG_SHARD_LAZY", "true");
    field.open();
    field.set("maxPool", "40");

    assertThat(field.admin.value(Field.SHARD, "maxPool")).isEqualTo(40);
    assertThat(field.admin.value(Field.SHARD, "bytes")).isEqualTo(7L);
    assertThat(field.admin.value(Field.SHARD, "lazy")).isEqualTo(true);
    assertThat(field.admin.value(Field.SHARD, "nodes")).isEqualTo(new String[] {"x", "y"});
    assertThat(field.admin.value(Field.SHARD, "mode")).isNull();
  }

  @Test
  void whatDoesNotDifferIsNotUpdated() {
    field.file("org.ladang.shard.properties", "nodes=x,y\nmaxPool=20\n");
    field.open();
    int updates = field.admin.updates;
    field.reopen();
    field.file("org.ladang.shard.properties", "nodes = x, y\nmaxPool = 20\n# the same\n");
    field.look();

    assertThat(updates).isEqualTo(1);
    assertThat(field.admin.updates).isEqualTo(1);
  }

  @Test
  void aConfigurationWithoutAnyValueLeftIsTakenAway() {
    field.file("org.ladang.shard.properties", "maxPool=20\n");
    field.open();
    assertThat(field.admin.has(Field.SHARD)).isTrue();
    field.noFile("org.ladang.shard.properties");
    field.look();

    assertThat(field.admin.has(Field.SHARD)).isFalse();
    assertThat(field.get("maxPool")).isEqualTo(10);
  }

  @Test
  void aConfigurationOfSomebodyElseIsLeftAlone() throws Exception {
    field
        .admin
        .service()
        .getConfiguration("com.other", "?")
        .update(new Hashtable<>(Map.of("a", "b")));
    field.open();
    field.look();

    assertThat(field.admin.value("com.other", "a")).isEqualTo("b");
  }

  @Test
  void aVariableThatIsNotSoundDoesNotCountAndSaysSo() {
    field.file("org.ladang.shard.properties", "maxPool=20\n");
    field.environment.put("LADANG_SHARD_MAXPOOL", "many");
    Configuration configuration = field.open();

    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "maxPool of shard must be a whole number of 32 bits, but got \"many\"."
                + " What LADANG_SHARD_MAXPOOL says does not count. [LADANG-CONFIG-004]");
  }

  @Test
  void valuesOfABundleThatIsNotThereYetWaitForIt() {
    field.file("org.ladang.later.properties", "size=7\n");
    field.environment.put("LADANG_LATER_COLOUR", "red");
    Configuration configuration = field.open();
    assertThat(configuration.describe("later")).isEmpty();

    field.framework.room(
        "later",
        "0.1.0",
        Map.of(
            "org.ladang.later",
            List.of(
                FakeFramework.Attribute.of("size", 3, "1"),
                FakeFramework.Attribute.of("colour", 1, "blue"))));

    // No turn of the scheduler: it has to be there before the bundle starts.
    assertThat(field.admin.value("org.ladang.later", "size")).isEqualTo(7);
    assertThat(field.admin.value("org.ladang.later", "colour")).isEqualTo("red");
  }

  @Test
  void aPidThatNobodyDeclaresIsPassedOnAsItIs() {
    field.file("org.apache.felix.http.properties", "org.osgi.service.http.port=8181\n");
    Configuration configuration = field.open();

    assertThat(field.admin.value("org.apache.felix.http", "org.osgi.service.http.port"))
        .isEqualTo("8181");
    assertThat(configuration.get("org.apache.felix.http").problems()).isEmpty();
  }

  @Test
  void aForeignBundlesKeysThatAreNotDeclaredArePassedOnToo() {
    field.framework.plain(
        "com.foreign", Map.of("com.foreign", List.of(FakeFramework.Attribute.of("a", 3, "1"))));
    field.file("com.foreign.properties", "a=2\nhidden=yes\n");
    field.open();

    assertThat(field.admin.value("com.foreign", "a")).isEqualTo(2);
    assertThat(field.admin.value("com.foreign", "hidden")).isEqualTo("yes");
  }

  @Test
  void eachInstanceOfAFactoryHasItsOwnFileAndValues() {
    field.framework.factory(
        "pool", Map.of("org.ladang.pool", List.of(FakeFramework.Attribute.of("size", 3, "1"))));
    field.file("org.ladang.pool~eu.properties", "size=3\n");
    field.environment.put("LADANG_POOL_EU_SIZE", "4");
    Configuration configuration = field.open();
    configuration.set(Change.of("pool~us", "size", 5, "alice", ""));

    assertThat(field.admin.value("org.ladang.pool~eu", "size")).isEqualTo(4);
    assertThat(field.admin.value("org.ladang.pool~us", "size")).isEqualTo(5);
    assertThat(configuration.list())
        .extracting(Summary::name)
        .containsExactly("pool", "pool~eu", "pool~us", "shard");
  }

  @Test
  void aCandidateThatIsRefusedTakesNoValueFromWhatRuns() {
    Configuration configuration = field.open();
    field.set("maxPool", 40);
    long candidate = narrower();
    assertThat(configuration.describe("shard").orElseThrow().version()).isEqualTo("0.2.0");
    assertThat(field.admin.value(Field.SHARD, "maxPool")).isEqualTo(40);
    field.framework.remove(candidate);

    assertThat(configuration.describe("shard").orElseThrow().version()).isEqualTo("0.1.0");
    assertThat(field.admin.value(Field.SHARD, "maxPool")).isEqualTo(40);
  }

  @Test
  void whenTheOldVersionIsGoneTheNewOnesDeclarationCounts() {
    Configuration configuration = field.open();
    field.set("maxPool", 40);
    narrower();
    field.framework.remove(1);

    assertThat(field.admin.value(Field.SHARD, "maxPool")).isNull();
    assertThat(configuration.problems()).singleElement().asString().contains("at most 20");
  }

  private long narrower() {
    return field.framework.room(
        "shard",
        "0.2.0",
        Map.of(
            Field.SHARD,
            List.of(FakeFramework.Attribute.of("maxPool", 3, "10").bounds("1", "20"))));
  }

  @Test
  void whatCouldNotBeHandedOnIsTriedAgain() {
    Configuration configuration = field.open();
    field.admin.broken = true;
    assertThat(field.set("maxPool", 40).number()).isEqualTo(1);
    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .contains("LADANG-CONFIG-012", "disk full");
    field.admin.broken = false;
    field.look();

    assertThat(field.admin.value(Field.SHARD, "maxPool")).isEqualTo(40);
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void nothingIsLeftBehindWhenItIsClosed() {
    field.open();
    assertThat(field.framework.watched()).isTrue();
    field.close();

    assertThat(field.framework.watched()).isFalse();
    assertThat(field.scheduler.idle()).isTrue();
  }
}
