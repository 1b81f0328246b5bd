package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryStringTest {
  @Test
  void parametersAreDecodedAndKeepTheirOrder() {
    assertThat(QueryString.parse("b=1&a=x%20y+z&b=%C3%A4&empty=&flag&&=v"))
        .isEqualTo(
            Map.of(
                "b", List.of("1", "ä"),
                "a", List.of("x y z"),
                "empty", List.of(""),
                "flag", List.of(""),
                "", List.of("v")));
    assertThat(QueryString.parse("b=1&a=2").keySet()).containsExactly("b", "a");
    assertThat(QueryString.parse(null)).isEmpty();
  }

  @Test
  void aBrokenEscapeIsRefusedWithASentence() {
    assertThatThrownBy(() -> QueryString.parse("a=%zz"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken escape");
  }

  @Test
  void parametersAreBounded() {
    assertThatThrownBy(() -> QueryString.parse("a&".repeat(1001)))
        .hasMessageContaining("more than 1000");
  }
}
