package org.ladang.kernel.provider.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.Kind;

class ActionTableTest {
  private static byte[] list(String group) {
    return new String(Samples.json(), StandardCharsets.UTF_8)
        .replace("\"group\":\"\"", "\"group\":\"" + group + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatTheProcessorWroteIsRead() {
    ActionInfo keep = Samples.entry("keep_bot").info();

    assertThat(keep.id()).isEqualTo("bots:keep_bot");
    assertThat(keep.description()).isEqualTo("Gives back a bot.");
    assertThat(keep.role()).isEqualTo(Role.OPERATOR);
    assertThat(keep.effect()).isEqualTo(Effect.CHANGE);
    assertThat(keep.idempotent()).isFalse();
    assertThat(keep.timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(keep.category()).isEqualTo("bots");
    assertThat(keep.provider()).isEqualTo("org.example.bots");
    assertThat(((Map<?, ?>) keep.arguments().get("properties")).keySet().toString())
        .isEqualTo("[bot, ttl]");
    assertThat(keep.arguments().get("required")).isEqualTo(List.of("bot"));
    assertThat(Samples.entry("keep_bot").binding().parameterTypes()).hasSize(3);
    assertThat(Samples.entry("who_calls").info().idempotent()).isTrue();
  }

  @Test
  void aRoomsActionsBeginWithItsGroupOrItsName() {
    assertThat(ActionTable.read(list("plugin"), Kind.SUBSYSTEM, "registry", "p"))
        .extracting(entry -> entry.info().owner())
        .containsOnly("plugin");
    assertThat(ActionTable.read(list(""), Kind.SUBSYSTEM, "registry", "p"))
        .extracting(entry -> entry.info().owner())
        .containsOnly("registry");
  }

  @Test
  void aPluginCannotNameAGroup() {
    assertThatThrownBy(() -> ActionTable.read(list("config"), Kind.PLUGIN, "bots", "p"))
        .extracting("code")
        .isEqualTo("LADANG-JAR-007");
  }

  @Test
  void oneActionCannotBeListedTwice() {
    String text = new String(Samples.json(), StandardCharsets.UTF_8);
    byte[] twice =
        text.replace("\"name\":\"fail\"", "\"name\":\"thread\"").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ActionTable.read(twice, Kind.PLUGIN, "bots", "org.example.bots"))
        .hasMessageContaining("it lists `bots:thread` twice")
        .extracting("code")
        .isEqualTo("LADANG-JAR-008");
  }

  @Test
  void nobodyCanChangeASchema() {
    Map<String, Object> schema = Samples.entry("keep_bot").info().arguments();

    assertThatThrownBy(schema::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(((Map<?, ?>) schema.get("properties"))::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
