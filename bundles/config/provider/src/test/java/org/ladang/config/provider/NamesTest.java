package org.ladang.config.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.config.Schema;
import org.ladang.kernel.LadangException;
import org.osgi.framework.Version;

class NamesTest {
  private static final List<Declared> DECLARED =
      List.of(
          declared("org.ladang.health", "health", false),
          declared("org.ladang.health.disk", "health", false),
          declared("org.ladang.bots.Importer", "bots", false),
          declared("com.acme.Cache", "cache", true),
          declared("com.acme.One", "acme", false),
          declared("com.acme.Two", "acme", false),
          declared("com.other.Two", "", false));

  private final Set<String> known = new TreeSet<>(DECLARED.stream().map(Declared::pid).toList());
  private final Names names = new Names(DECLARED, known);

  private static Declared declared(String pid, String owner, boolean factory) {
    Schema schema = new Schema(pid, pid, "", "", factory, false, "b", "1.0.0", List.of());
    return new Declared(schema, owner, 1, Version.emptyVersion);
  }

  @ParameterizedTest
  @CsvSource({
    "org.ladang.health, org.ladang.health",
    "health, org.ladang.health",
    "health.disk, org.ladang.health.disk",
    "bots, org.ladang.bots.Importer",
    "importer, org.ladang.bots.Importer",
    "cache, com.acme.Cache",
    "cache~eu, com.acme.Cache~eu",
    "one, com.acme.One"
  })
  void peopleNeedNotTypeThePid(String given, String pid) {
    assertThat(names.resolve(given)).isEqualTo(pid);
  }

  @Test
  void eachNameThatIsShownLeadsBackToItsPid() {
    for (String pid : known) {
      assertThat(names.resolve(names.nameOf(pid))).isEqualTo(pid);
    }
    assertThat(known.stream().map(names::nameOf))
        .containsExactlyInAnyOrder(
            "health",
            "health.disk",
            "bots",
            "cache",
            "com.acme.One",
            "com.acme.Two",
            "com.other.Two");
  }

  @ParameterizedTest
  @CsvSource({"two", "acme"})
  void aNameThatFitsSeveralIsRefusedWithAllOfThem(String given) {
    LadangException refusal =
        catchThrowableOfType(LadangException.class, () -> names.resolve(given));

    assertThat(refusal.code()).isEqualTo("LADANG-CONFIG-002");
    assertThat(refusal.getMessage()).contains("com.acme.Two", " several configurations: ");
  }
}
