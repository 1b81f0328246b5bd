package org.ladang.kernel.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.kernel.processor.Compilation.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionProcessorTest {
  private static final String PING =
      """
      @Action(description = "Answers.", role = Role.VIEWER)
      public String ping() { return "pong"; }
      """;

  private static final String PONG = PING.replace("ping()", "pong()");

  @TempDir Path output;

  @Test
  void aMethodBecomesAnActionWithItsSchemas() {
    Compilation done =
        Compilation.of(
            output,
            component(
                "Bots",
                """
                @Action(description = "Makes a bot.", role = Role.OPERATOR, effect = Effect.CHANGE,
                    timeout = "500ms", category = "people")
                public CompletionStage<List<Integer>> createBot(
                    @Arg("Names it.") String id, CallContext context, Optional<Duration> ttl, int n) {
                  return null;
                }
                """));

    assertThat(done.errors()).isEmpty();
    assertThat(done.list())
        .isEqualTo(
            """
            {"components":[
            {"component":"p.Bots","group":"","actions":[{"name":"create_bot","method":"createBot",\
            "parameterTypes":["java.lang.String","org.ladang.kernel.action.CallContext",\
            "java.util.Optional","int"],"parameters":["id","ttl","n"],\
            "description":"Makes a bot.","role":"OPERATOR","effect":"CHANGE","idempotent":false,\
            "timeoutMillis":500,"category":"people","arguments":{"type":"object","properties":{\
            "id":{"type":"string","description":"Names it."},\
            "ttl":{"type":"string","format":"duration"},"n":{"type":"integer","format":"int32"}},\
            "required":["id","n"],"additionalProperties":false},\
            "result":{"type":"array","items":{"type":"integer","format":"int32"}}}]}
            ]}
            """);
  }

  @Test
  void recordsEnumsAndContainersNest() {
    Compilation done =
        Compilation.of(
            output,
            "public enum Mood { GLAD, SAD }",
            "public record Page<T>(@Arg(\"What is on it.\") List<T> items, Optional<Mood> mood) {}",
            component(
                "Bots",
                """
                public record Bot(String id, Set<Mood> moods, Map<String, ?> extra) {}
                @Action(description = "Lists.", role = Role.VIEWER)
                public Page<Bot> list() { return null; }
                """));

    assertThat(done.errors()).isEmpty();
    assertThat(done.list())
        .contains("\"idempotent\":true")
        .contains(
            "\"result\":{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},"
                + "\"moods\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"GLAD\",\"SAD\"]},"
                + "\"uniqueItems\":true},\"extra\":{\"type\":\"object\",\"additionalProperties\":{}}},"
                + "\"required\":[\"id\",\"moods\",\"extra\"],\"additionalProperties\":false},"
                + "\"description\":\"What is on it.\"},"
                + "\"mood\":{\"type\":\"string\",\"enum\":[\"GLAD\",\"SAD\"]}},"
                + "\"required\":[\"items\"],\"additionalProperties\":false}");
  }

  @Test
  void aDescriptionOfARecordThatWasCompiledBeforeIsFound() {
    Compilation.of(output, "public record Bot(@Arg(\"Names it.\") String id) {}");

    Compilation done =
        Compilation.of(
            output,
            component(
                "Bots",
                """
                @Action(description = "Takes.", role = Role.VIEWER)
                public void take(Bot bot) {}
                """));

    assertThat(done.list())
        .contains("\"id\":{\"type\":\"string\",\"description\":\"Names it.\"}")
        .contains("\"result\":{\"type\":\"null\"}");
  }

  @Test
  void anOptionalResultMayBeNull() {
    Compilation done =
        Compilation.of(
            output,
            component(
                "Bots",
                """
                @Action(description = "Finds.", role = Role.VIEWER)
                public Optional<String> find() { return null; }
                """));

    assertThat(done.list())
        .contains("\"result\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}");
  }

  @Test
  void whatWasNotCompiledThisTimeStaysInTheList() {
    Compilation.of(output, component("A", PING), component("B", PONG));

    Compilation done = Compilation.of(output, component("B", PONG.replace("pong()", "peng()")));

    assertThat(done.list()).contains("\"component\":\"p.A\"").contains("\"name\":\"peng\"");
    assertThat(done.list().lines()).hasSize(4);
  }

  @Test
  void whatLostItsActionsOrIsGoneLeavesTheList() throws IOException {
    Compilation.of(output, component("A", PING), component("B", PONG));
    Files.delete(output.resolve("p/A.class"));

    Compilation done = Compilation.of(output, component("B", ""));

    assertThat(done.list()).isEqualTo("{\"components\":[\n\n]}\n");
  }

  @Test
  void aModuleWithoutActionsGetsNoList() {
    Compilation done = Compilation.of(output, "public record Bot(String id) {}");

    assertThat(done.errors()).isEmpty();
    assertThat(output.resolve(ActionProcessor.PATH)).doesNotExist();
  }

  @Test
  void theGroupAndGivenNamesAreTaken() {
    Compilation done =
        Compilation.of(
            output,
            "@ActionGroup(\"plugin\")\n"
                + component("A", PING.replace("(description", "(name = \"list\", description")));

    assertThat(done.list()).contains("\"group\":\"plugin\"").contains("\"name\":\"list\"");
  }
}
