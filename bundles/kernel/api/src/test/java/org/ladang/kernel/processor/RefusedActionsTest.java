package org.ladang.kernel.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.kernel.processor.Compilation.component;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedActionsTest {
  private static final String ABOUT = "@Action(description = \"Does.\", role = Role.VIEWER) ";

  @TempDir Path output;

  private void refuses(String sentence, String... sources) {
    assertThat(Compilation.of(output, sources).errors())
        .singleElement()
        .asString()
        .contains(sentence);
    assertThat(output.resolve(ActionProcessor.PATH)).doesNotExist();
  }

  private void refusesMethod(String sentence, String body) {
    refuses(sentence, component("Bots", body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "byte[]",
        "java.nio.file.Path",
        "Map<Integer, String>",
        "Thread",
        "List<Optional<String>>",
        "CompletionStage<String>",
        "int[]",
        "Collection<String>"
      })
  void aTypeThatCannotCrossTheGateIsNamedWithWhatIsAllowed(String type) {
    refusesMethod(
        "of parameter `data` of Bots.make() cannot cross the gate; allowed are primitives and",
        ABOUT + "public void make(" + type + " data) {}");
  }

  @Test
  void aWrongComponentOfARecordIsNamed() {
    refusesMethod(
        "of `Bot.home` in parameter `bot` of Bots.make() cannot cross",
        "public record Bot(java.nio.file.Path home) {}" + ABOUT + "public void make(Bot bot) {}");
  }

  @Test
  void aWrongResultIsNamed() {
    refusesMethod(
        "of the result of Bots.make() cannot cross",
        ABOUT + "public Thread make() { return null; }");
  }

  @Test
  void aTypeWithoutItsArgumentIsRefused() {
    refusesMethod(
        "The type of parameter `a` of Bots.make() must say of what it is",
        ABOUT + "public void make(@SuppressWarnings(\"rawtypes\") List a) {}");
  }

  @Test
  void aRecordThatContainsItselfIsRefused() {
    refusesMethod(
        "contains itself through record Node",
        "public record Node(List<Node> sons) {}" + ABOUT + "public void make(Node node) {}");
  }

  @Test
  void aClassThatIsNoActionSourceIsRefused() {
    refuses(
        "Bots holds actions but does not implement org.ladang.kernel.action.ActionSource",
        "public class Bots {" + ABOUT + "public void make() {} }");
  }

  @Test
  void anAbstractClassIsRefused() {
    refuses(
        "Bots holds actions but is no concrete class",
        "public abstract class Bots implements ActionSource {" + ABOUT + "public void make() {} }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "protected", "private", "public static"})
  void onlyPublicMethodsOfAnObjectAreActions(String modifiers) {
    refusesMethod(
        "Bots.make() must be public and not static", ABOUT + modifiers + " void make() {}");
  }

  @Test
  void twoActionsOfOneNameAreRefused() {
    refusesMethod(
        "Action `make` of Bots.make() is already the name of Bots.make()",
        ABOUT + "public void make() {}" + ABOUT + "public void make(int n) {}");
  }

  @Test
  void twoComponentsOfOneGroupCannotShareAName() {
    refuses(
        "is already the name of",
        component("A", ABOUT + "public void make() {}"),
        component("B", ABOUT + "public void make() {}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0s", "ten", "10 s", "-1s", "25h", "PT10S"})
  void aBadTimeoutIsRefused(String timeout) {
    refusesMethod(
        "The timeout `" + timeout + "` of Bots.make() must be a time such as",
        "@Action(description = \"Does.\", role = Role.VIEWER, timeout = \""
            + timeout
            + "\") public void make() {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "Does it", "Does it. "})
  void aDescriptionIsASentence(String text) {
    refusesMethod(
        "The description of Bots.make() must be a sentence",
        "@Action(description = \"" + text + "\", role = Role.VIEWER) public void make() {}");
  }

  @Test
  void theDescriptionOfAnArgumentIsASentenceToo() {
    refusesMethod(
        "The @Arg of parameter `id` of Bots.make() must be a sentence",
        ABOUT + "public void make(@Arg(\"the id\") String id) {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Make", "make-it", "1st", "make it"})
  void aNameThatAShellCannotTypeIsRefused(String name) {
    refusesMethod(
        "Action name `" + name + "` of Bots.make() must be",
        "@Action(name = \""
            + name
            + "\", description = \"Does.\", role = Role.VIEWER)"
            + " public void make() {}");
  }

  @Test
  void aBadGroupIsRefused() {
    refuses(
        "@ActionGroup(\"Plug in\") must be",
        "@ActionGroup(\"Plug in\")\n" + component("A", ABOUT + "public void make() {}"));
  }

  @Test
  void aTypeThatDoesNotExistIsTheCompilersToReport() {
    assertThat(
            Compilation.of(output, component("A", ABOUT + "public void make(Nothing n) {}"))
                .errors())
        .singleElement()
        .asString()
        .contains("cannot find symbol");
  }
}
