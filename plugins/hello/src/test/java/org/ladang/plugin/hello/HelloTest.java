package org.ladang.plugin.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HelloTest {
  private final Hello hello = new Hello();

  @Test
  void aNameIsGreeted() {
    assertThat(hello.greet(Optional.of("Sari"))).isEqualTo("Hello, Sari!");
  }

  @Test
  void withoutANameTheWorldIsGreeted() {
    assertThat(hello.greet(Optional.empty())).isEqualTo("Hello, world!");
  }
}
