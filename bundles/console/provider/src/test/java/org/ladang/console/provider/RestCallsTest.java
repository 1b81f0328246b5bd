package org.ladang.console.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ladang.console.WebResponse;
import org.ladang.kernel.LadangException;

class RestCallsTest {
  private static final String READ = "/api/v1/actions/bots/get_status";
  private static final String CHANGE = "/api/v1/actions/bots/create_bot";
  private final FakeRuntime runtime = new FakeRuntime();

  @Test
  void theQueryBecomesArgumentsOfTheTypesThatTheSchemaNames() {
    WebResponse response =
        runtime.ask(
            "GET",
            READ,
            Map.of(
                "id", List.of("7"),
                "limit", List.of("3"),
                "exact", List.of("true"),
                "tags", List.of("a", "b"),
                "filter", List.of("{\"x\":1.5}")),
            Map.of("authorization", "Bearer viewer"),
            "");
    assertThat(response.status()).isEqualTo(200);
    assertThat(runtime.arguments)
        .isEqualTo(
            Map.of(
                "id",
                "7",
                "limit",
                3L,
                "exact",
                true,
                "tags",
                List.of("a", "b"),
                "filter",
                Map.of("x", new BigDecimal("1.5"))));
  }

  @Test
  void whatDoesNotFitItsSchemaIsLeftForTheGateToRefuse() {
    runtime.ask(
        "GET",
        READ,
        Map.of("limit", List.of("many"), "unknown", List.of("x")),
        Map.of("authorization", "Bearer viewer"),
        "");
    assertThat(runtime.arguments).isEqualTo(Map.of("limit", "many", "unknown", "x"));
  }

  @Test
  void theBodyBecomesTheArguments() {
    runtime.ask("POST", CHANGE, "operator", "{\"id\":\"x\",\"limit\":null}");
    assertThat(runtime.called).containsExactly("bots:create_bot");
    assertThat(runtime.arguments).containsEntry("id", "x").containsEntry("limit", null);
  }

  @Test
  void whatChangesIsNotCalledByGet() {
    WebResponse response = runtime.ask("GET", CHANGE, "admin", "");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().get("Allow")).containsExactly("POST, OPTIONS");
    assertThat(runtime.called).isEmpty();
  }

  @Test
  void aResultOfNothingIsNoContent() {
    runtime.result = null;
    assertThat(runtime.ask("POST", CHANGE, "operator", "").status()).isEqualTo(204);
  }

  @Test
  void theCallerNeverWaitsLongerThanTheActionAllows() {
    runtime.ask("GET", READ, "viewer", "", "x-ladang-timeout", "500ms");
    assertThat(runtime.context.deadline()).isEqualTo(FakeRuntime.NOW.plusMillis(500));
    runtime.ask("GET", READ, "viewer", "", "prefer", "respond-async, wait=3");
    assertThat(runtime.context.deadline()).isEqualTo(FakeRuntime.NOW.plusSeconds(3));
    runtime.ask("GET", READ, "viewer", "", "prefer", "wait=999999");
    assertThat(runtime.context.deadline()).isEqualTo(FakeRuntime.NOW.plusSeconds(10));
    assertThat(runtime.ask("GET", READ, "viewer", "", "x-ladang-timeout", "soon").status())
        .isEqualTo(400);
  }

  @Test
  void traceAndIdempotencyKeyTravelWithTheCall() {
    WebResponse response =
        runtime.ask(
            "POST",
            CHANGE,
            "operator",
            "{}",
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "idempotency-key",
            "k-1");
    assertThat(runtime.context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(runtime.context.idempotencyKey()).isEqualTo("k-1");
    assertThat(runtime.context.door()).isEqualTo("rest");
    assertThat(response.headers().get("X-Request-Id"))
        .containsExactly("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void aRequestIdThatCouldForgeALogLineIsNotTaken() {
    runtime.ask("GET", READ, "viewer", "", "x-request-id", "good-1");
    assertThat(runtime.context.traceId()).isEqualTo("good-1");
    runtime.ask("GET", READ, "viewer", "", "x-request-id", "bad\nadmin signed in");
    assertThat(runtime.context.traceId()).matches("[0-9a-f]{32}");
  }

  @ParameterizedTest
  @CsvSource({
    "LADANG-GATE-001,404",
    "LADANG-GATE-002,400",
    "LADANG-GATE-003,403",
    "LADANG-GATE-004,504",
    "LADANG-GATE-005,503",
    "LADANG-GATE-006,500",
    "LADANG-GATE-007,503",
    "LADANG-GATE-008,503",
    "LADANG-BOTS-003,422"
  })
  void everyRefusalIsAProblemDocument(String code, int status) throws Exception {
    runtime.failure =
        Optional.of(new LadangException(code, "It is so.").next("Do that.").with("argument", "id"));
    WebResponse response = runtime.ask("GET", READ, "viewer", "", "x-request-id", "t1");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().get("Content-Type")).containsExactly("application/problem+json");
    assertThat(Json.value(response.text()))
        .isEqualTo(
            Map.of(
                "type",
                "urn:ladang:problem:" + code,
                "title",
                Statuses.title(status),
                "status",
                status,
                "detail",
                "It is so.",
                "code",
                code,
                "next",
                "Do that.",
                "details",
                Map.of("argument", "id"),
                "traceId",
                "t1"));
  }

  @Test
  void anUnexpectedFailureTellsTheCallerNothingOfItsInside() {
    runtime.failure = Optional.of(new IllegalStateException("jdbc:h2:secret"));
    WebResponse response = runtime.ask("GET", READ, "viewer", "");
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.text()).doesNotContain("jdbc").doesNotContain("Exception");
  }

  @Test
  void malformedJsonIsRefusedWithItsPosition() {
    WebResponse response = runtime.ask("POST", CHANGE, "operator", "{\"id\":\n  oops}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).contains("line 2, column").contains("LADANG-CONSOLE-030");
    assertThat(runtime.called).isEmpty();
  }

  @Test
  void nothingButOneObjectIsABody() {
    for (String body :
        List.of("[1]", "\"x\"", "{} {}", "{\"a\":1,\"a\":2}", "null", "{", "\u0000")) {
      assertThat(runtime.ask("POST", CHANGE, "operator", body).status()).as(body).isEqualTo(400);
    }
    assertThat(runtime.called).isEmpty();
  }

  @Test
  void whatIsNotJsonIsNotTakenAndNotGiven() {
    assertThat(
            runtime.ask("POST", CHANGE, "operator", "id=1", "content-type", "text/plain").status())
        .isEqualTo(415);
    assertThat(runtime.ask("GET", READ, "viewer", "", "accept", "text/csv").status())
        .isEqualTo(406);
    assertThat(runtime.ask("GET", READ, "viewer", "", "accept", "text/html, */*;q=0.1").status())
        .isEqualTo(200);
  }

  @Test
  void methodsThatAnAddressDoesNotTakeAreNamed() {
    WebResponse options = runtime.ask("OPTIONS", "/api/v1/session", "", "");
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.headers().get("Allow")).containsExactly("POST, GET, HEAD, DELETE, OPTIONS");
    assertThat(runtime.ask("PUT", "/api/v1/session", "", "").status()).isEqualTo(405);
    assertThat(runtime.ask("GET", "/api/v1/nothing", "", "").status()).isEqualTo(404);
    assertThat(runtime.ask("HEAD", READ, "viewer", "").status()).isEqualTo(200);
  }

  @Test
  void theShortWaysCallTheActionsBehindThem() {
    runtime.ask("GET", "/api/v1/plugins", "viewer", "");
    runtime.ask("GET", "/api/v1/plugins/bots", "viewer", "");
    assertThat(runtime.arguments).isEqualTo(Map.of("name", "bots"));
    runtime.ask("GET", "/api/v1/shards", "viewer", "");
    assertThat(runtime.called).containsExactly("plugin:list", "plugin:info", "shard:list");
  }

  @Test
  void theCatalogueShowsWhatTheCallerMayCall() {
    assertThat(runtime.ask("GET", "/api/v1/actions", "viewer", "").text())
        .contains("bots:get_status")
        .doesNotContain("bots:create_bot")
        .doesNotContain("security:users");
    assertThat(runtime.ask("GET", "/api/v1/actions", "admin", "").text())
        .contains("security:users");
  }
}
