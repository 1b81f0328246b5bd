package org.ladang.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;

class InvocationParserTest {
  @Test
  void wordsWithoutNamesFillTheArgumentsInOrder() {
    assertThat(arguments("x", "AI_ML", "3"))
        .isEqualTo(Map.of("id", "x", "category", "AI_ML", "weight", "3"));
  }

  @Test
  void namedArgumentsLeaveTheOthersToThePositions() {
    assertThat(arguments("category=AI_ML", "x", "--weight", "-3"))
        .isEqualTo(Map.of("id", "x", "category", "AI_ML", "weight", "-3"));
  }

  @Test
  void namesMayBeWrittenAsOptionsInAnyCase() {
    assertThat(arguments("--id=a=b", "--dry-run", "--weight=1"))
        .isEqualTo(Map.of("id", "a=b", "dryRun", "true", "weight", "1"));
    assertThat(arguments("dry_run=false")).isEqualTo(Map.of("dryRun", "false"));
  }

  @Test
  void listsAreSplitAtCommasOrGivenAgainOrAsJson() {
    assertThat(arguments("tags=a, b")).isEqualTo(Map.of("tags", List.of("a", "b")));
    assertThat(arguments("tags=a", "tags=b")).isEqualTo(Map.of("tags", List.of("a", "b")));
    assertThat(arguments("tags=[\"a,b\"]")).isEqualTo(Map.of("tags", List.of("a,b")));
    assertThat(arguments("tags=")).isEqualTo(Map.of("tags", List.of()));
  }

  @Test
  void structuresAreJsonAndTextIsNot() {
    assertThat(arguments("options={\"a\":1}", "extra=[1]", "id={x}"))
        .isEqualTo(Map.of("options", Map.of("a", 1), "extra", List.of(1), "id", "{x}"));
  }

  @Test
  void argsTakesThemAllAndOthersJoin() {
    assertThat(arguments("--args", "{\"id\":\"x\",\"weight\":3}", "AI_ML"))
        .isEqualTo(Map.of("id", "x", "weight", 3, "category", "AI_ML"));
  }

  @Test
  void afterTwoDashesNothingHasAName() {
    assertThat(arguments("--", "a=b", "--json"))
        .isEqualTo(Map.of("id", "a=b", "category", "--json"));
  }

  @Test
  void theShellsOwnOptionsAreNoArguments() {
    Invocation parsed = parse("x", "--json", "--yes", "--stack");
    assertThat(parsed).isEqualTo(new Invocation(Map.of("id", "x"), true, true, true, false));
    assertThat(parse("--help").help()).isTrue();
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearestOne() {
    LadangException refusal = refusal("wieght=3");
    assertThat(refusal.line())
        .isEqualTo(
            "bots:create_bot has no argument \"wieght\". Did you mean weight? Its arguments are: id,"
                + " category, weight, tags, options, dryRun, extra. [LADANG-SHELL-002]");
    assertThat(refusal("--frobnicate").code()).isEqualTo("LADANG-SHELL-002");
    assertThat(refusal("--json=no").code()).isEqualTo("LADANG-SHELL-002");
  }

  @Test
  void oneWordTooManyIsNamed() {
    assertThatThrownBy(() -> InvocationParser.parse(Bots.LIST, List.of("surplus")))
        .hasMessage("Nothing is left for \"surplus\" to fill in bots:list.");
  }

  @Test
  void givenTwiceIsRefused() {
    assertThat(refusal("id=a", "id=b").code()).isEqualTo("LADANG-SHELL-003");
    assertThat(refusal("--args", "{\"id\":\"a\"}", "id=b").code()).isEqualTo("LADANG-SHELL-003");
  }

  @Test
  void anOptionWithoutItsValueIsRefused() {
    assertThat(refusal("--weight").code()).isEqualTo("LADANG-SHELL-008");
    assertThat(refusal("--args").code()).isEqualTo("LADANG-SHELL-008");
  }

  @Test
  void brokenJsonIsRefusedWithAPattern() {
    assertThat(refusal("--args", "{id:x}").nextStep().orElseThrow()).contains("single quotes");
    assertThat(refusal("options={a").code()).isEqualTo("LADANG-SHELL-005");
  }

  private static Map<String, Object> arguments(String... words) {
    return parse(words).arguments();
  }

  private static Invocation parse(String... words) {
    return InvocationParser.parse(Bots.CREATE, List.of(words));
  }

  private static LadangException refusal(String... words) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        LadangException.class, () -> parse(words));
  }
}
