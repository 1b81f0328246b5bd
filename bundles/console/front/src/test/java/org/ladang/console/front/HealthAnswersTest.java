package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ladang.console.Route;
import org.ladang.console.WebResponse;

class HealthAnswersTest {
  private boolean ready;
  private final HealthAnswers health = new HealthAnswers(() -> ready);

  private WebResponse ask(String method, String path) {
    return health.answer(method, path).orElseThrow();
  }

  @Test
  void aliveIsWhoeverAnswers() {
    assertThat(ask("GET", "/health/live").status()).isEqualTo(200);
    assertThat(ask("GET", "/health/live").text()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  void readyIsSaidWhenTheStartHasEnded() {
    assertThat(ask("GET", "/health/ready").status()).isEqualTo(503);
    assertThat(ask("GET", "/health/ready").text()).isEqualTo("{\"status\":\"DOWN\"}");
    ready = true;
    assertThat(ask("HEAD", "/health/ready").status()).isEqualTo(200);
  }

  @Test
  void nothingElseIsSaid() {
    assertThat(ask("GET", "/health/details").status()).isEqualTo(404);
    assertThat(ask("POST", "/health/live").status()).isEqualTo(405);
    assertThat(ask("OPTIONS", "/health/live").headers()).containsKey("Allow");
    assertThat(health.answer("GET", "/healthy")).isEmpty();
  }

  @Test
  void everyRouteOfTheFrontDoorIsAnswered() {
    for (Route route : HealthAnswers.routes()) {
      assertThat(ask(route.method(), route.path()).status()).isIn(200, 503);
    }
  }
}
