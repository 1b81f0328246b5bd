package org.ladang.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "org.ladang.shard", List.of("maxPool", "pool.size"),
          "org.ladang.shard.pool", List.of("size"),
          "com.acme.Thing~eu-1", List.of("max-size"));

  private static Variables.Assigned assign(Map<String, String> environment) {
    return new Variables(environment).assign(KEYS);
  }

  @Test
  void aVariableIsThePidAndTheKeyInUpperCaseWithUnderscores() {
    Variables.Assigned assigned =
        assign(
            Map.of(
                "LADANG_ORG_LADANG_SHARD_MAXPOOL", "7",
                "LADANG_COM_ACME_THING_EU_1_MAX_SIZE", "8",
                "LADANG_HOME", "/home",
                "MAXPOOL", "9"));

    assertThat(assigned.of("org.ladang.shard"))
        .containsExactly(
            Map.entry("maxPool", new Variables.Found("LADANG_ORG_LADANG_SHARD_MAXPOOL", "7")));
    assertThat(assigned.of("com.acme.Thing~eu-1").get("max-size").value()).isEqualTo("8");
    assertThat(assigned.problems()).isEmpty();
  }

  @Test
  void aVariableThatFitsTwoKeysSetsNeitherAndIsNamed() {
    Variables.Assigned assigned = assign(Map.of("LADANG_SHARD_POOL_SIZE", "7"));

    assertThat(assigned.values()).isEmpty();
    assertThat(assigned.problemsOf("org.ladang.shard"))
        .isEqualTo(assigned.problemsOf("org.ladang.shard.pool"))
        .singleElement()
        .asString()
        .contains("pool.size of org.ladang.shard and size of org.ladang.shard.pool");
  }

  @Test
  void theFullNameCountsWhereTheShortOneDiffers() {
    Variables.Assigned assigned =
        assign(Map.of("LADANG_SHARD_MAXPOOL", "1", "LADANG_ORG_LADANG_SHARD_MAXPOOL", "2"));

    assertThat(assigned.of("org.ladang.shard").get("maxPool").value()).isEqualTo("2");
    assertThat(assigned.problemsOf("org.ladang.shard")).hasSize(1);
  }
}
