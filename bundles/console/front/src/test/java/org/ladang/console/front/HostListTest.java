package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {
  private final HostList hosts = new HostList(List.of("127.0.0.1", "localhost", "[::1]"));

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"})
  void theOwnNamesWithTheServedPortComeIn(String host) {
    assertThat(hosts.admits(host, 8080)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8080",
        "evil.example",
        "evil.example:8080",
        "localhost",
        "localhost:81",
        "localhost:8080@evil.example",
        "localhost.evil.example:8080",
        "127.0.0.1:8080:1",
        "[::1",
        "[::1]evil:8080",
        "localhost:"
      })
  void everythingElseIsRefused(String host) {
    assertThat(hosts.admits(host, 8080)).isFalse();
  }

  @Test
  void aNameMayBringItsOwnPortOrAny() {
    HostList behindProxy = new HostList(List.of("Ladang.example.org:443", "lab:*"));
    assertThat(behindProxy.admits("ladang.example.org:443", 8080)).isTrue();
    assertThat(behindProxy.admits("ladang.example.org:8080", 8080)).isFalse();
    assertThat(behindProxy.admits("lab", 8080)).isTrue();
    assertThat(behindProxy.admits("lab:1", 8080)).isTrue();
  }

  @Test
  void aBrowserLeavesOutTheUsualPort() {
    assertThat(hosts.admits("localhost", 80)).isTrue();
  }
}
