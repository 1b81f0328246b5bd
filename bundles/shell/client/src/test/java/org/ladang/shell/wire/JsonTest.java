package org.ladang.shell.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void everyKindOfValueComesBack() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a\"b\\c\n\t\u0001/ü🌾");
    value.put("whole", -12L);
    value.put("broken", 1.5e-3);
    value.put("yes", true);
    value.put("nothing", null);
    value.put("list", Arrays.asList(1L, null, List.of(), Map.of("x", List.of("y"))));
    value.put("empty", Map.of());
    assertThat(Json.object(Json.text(value))).isEqualTo(value);
  }

  @Test
  void keysKeepTheirOrder() {
    assertThat(Json.object(" { \"z\" : 1 , \"a\" : 2 } ").keySet()).containsExactly("z", "a");
  }

  @Test
  void escapesAreUnderstood() {
    assertThat(Json.object("{\"a\":\"\\u00fc\\/\\b\\f\\r\\ud83c\\udf3e\"}"))
        .isEqualTo(Map.of("a", "ü/\b\f\r🌾"));
  }

  @Test
  void aLoneSurrogateSurvivesTheWire() {
    String half = "x\ud83c";
    assertThat(Json.text(Map.of("a", half))).isEqualTo("{\"a\":\"x\\ud83c\"}");
    assertThat(Json.object(Json.text(Map.of("a", half)))).isEqualTo(Map.of("a", half));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":1}x",
        "{a:1}",
        "{\"a\":tru}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":+1}",
        "{\"a\":--1}",
        "{\"a\":\"open}"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deepNestingIsRefusedInsteadOfOverflowingTheStack() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> Json.object(deep)).hasMessageContaining("64 deep");
  }
}
