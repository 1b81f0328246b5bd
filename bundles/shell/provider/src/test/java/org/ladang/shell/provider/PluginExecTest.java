package org.ladang.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ladang.shell.provider.Bots.map;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

class PluginExecTest {
  private static final ActionInfo EXEC =
      new ActionInfo(
          "plugin",
          "exec",
          "Calls.",
          Role.OPERATOR,
          Effect.CHANGE,
          false,
          Duration.ofSeconds(1),
          "plugin",
          map(
              "type",
              "object",
              "properties",
              map(
                  "name", Map.of("type", "string"),
                  "action", Map.of("type", "string"),
                  "arguments", Map.of("type", "object"))),
          Map.of(),
          "registry");

  @Test
  void aDeclaredActionIsCalledDirectly() {
    assertThat(words("plugin:exec", "bots", "create_bot", "id=x", "--json"))
        .containsExactly("bots:create_bot", "id=x", "--json");
  }

  @Test
  void aBarePluginGetsItsArgumentsAsOneObject() {
    List<String> words =
        words("plugin:exec", "bare", "dance", "to=a b", "--args", "{\"n\":1}", "--json");
    Invocation call = InvocationParser.parse(EXEC, words.subList(1, words.size()));
    assertThat(call.json()).isTrue();
    assertThat(call.arguments())
        .isEqualTo(
            Map.of("name", "bare", "action", "dance", "arguments", Map.of("to", "a b", "n", 1)));
  }

  @Test
  void withoutArgumentsABarePluginGetsNone() {
    List<String> words = words("plugin:exec", "bare", "dance");
    assertThat(InvocationParser.parse(EXEC, words.subList(1, words.size())).arguments())
        .isEqualTo(Map.of("name", "bare", "action", "dance"));
  }

  @Test
  void aWordWithoutNameCannotBeGivenToABarePlugin() {
    assertThatThrownBy(() -> words("plugin:exec", "bare", "dance", "tango"))
        .hasMessageContaining("\"tango\"");
  }

  @Test
  void theActionsOwnArgumentsMayBeNamed() {
    List<String> words = List.of("plugin:exec", "name=bots", "action=list");
    assertThat(PluginExec.words(words, new WithExec())).isEqualTo(words);
  }

  private static List<String> words(String... words) {
    return PluginExec.words(List.of(words), new WithExec());
  }

  private static final class WithExec implements ActionCatalog {
    private final Bots bots = new Bots();

    @Override
    public List<ActionInfo> actions() {
      return List.of(EXEC);
    }

    @Override
    public Optional<ActionInfo> find(String id) {
      return id.equals("plugin:exec") ? Optional.of(EXEC) : bots.find(id);
    }

    @Override
    public long revision() {
      return 1;
    }
  }
}
