package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
  private static final String HOST = "localhost:8080";

  private static boolean admits(String method, String origin, String site) {
    return OriginRule.admits(method, HOST, Optional.ofNullable(origin), Optional.ofNullable(site));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://localhost:8081",
        "http://localhost",
        "",
        "%%%",
        "http://localhost:8080.evil.example",
        "http://user@localhost:8080"
      })
  void aForeignOriginChangesNothing(String origin) {
    assertThat(admits("POST", origin, null)).isFalse();
    assertThat(admits("DELETE", origin, "same-origin")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"cross-site,false", "same-site,false", "same-origin,true", "none,true", "odd,false"})
  void theBrowsersWordAboutTheSiteCounts(String site, boolean admitted) {
    assertThat(admits("PUT", null, site)).isEqualTo(admitted);
  }

  @Test
  void theOwnPagesAndProgramsComeIn() {
    assertThat(admits("POST", "http://localhost:8080", "same-origin")).isTrue();
    assertThat(admits("POST", null, null)).isTrue();
  }

  @Test
  void whatOnlyReadsIsNotAsked() {
    assertThat(admits("GET", "http://evil.example", "cross-site")).isTrue();
  }
}
