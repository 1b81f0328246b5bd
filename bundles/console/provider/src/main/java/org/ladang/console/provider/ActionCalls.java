package org.ladang.console.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.ladang.kernel.Clock;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Answer;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;

/** Calls actions for REST: by query or by body, always through the gate. */
final class ActionCalls {
  /** For an action that is not in the list; the gate then says so. */
  private static final Duration UNKNOWN = Duration.ofSeconds(10);

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Gate gate;
  private final ActionCatalog catalog;
  private final Clock clock;

  ActionCalls(Gate gate, ActionCatalog catalog, Clock clock) {
    this.gate = gate;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Calls by GET what only reads; the arguments come from the query. */
  CompletionStage<WebResponse> get(Call call, String id) {
    return get(call, id, Map.of());
  }

  /** The same, with arguments that the path gives and that win over the query. */
  CompletionStage<WebResponse> get(Call call, String id, Map<String, Object> given) {
    Optional<ActionInfo> action = catalog.find(id);
    if (action.isPresent() && action.get().effect() != Effect.READ) {
      throw Router.methodNotAllowed(call.request().method(), "POST, OPTIONS");
    }
    Map<String, Object> arguments =
        QueryArguments.of(
            call.request().query(), action.map(ActionInfo::arguments).orElse(Map.of()));
    arguments.putAll(given);
    return submit(call, id, action, arguments);
  }

  /** Calls by POST; the arguments are the body's members. */
  CompletionStage<WebResponse> post(Call call, String id) {
    return submit(call, id, catalog.find(id), Json.object(call.request().body()));
  }

  /** Calls an action with these arguments. */
  CompletionStage<WebResponse> with(Call call, String id, Map<String, Object> arguments) {
    return submit(call, id, catalog.find(id), arguments);
  }

  private CompletionStage<WebResponse> submit(
      Call call, String id, Optional<ActionInfo> action, Map<String, Object> arguments) {
    return gate.ask(context(call, action), id, arguments).thenApply(ActionCalls::response);
  }

  /** What something else answered says so in a header; the body has the shape that was asked for. */
  private static WebResponse response(Answer answer) {
    WebResponse response =
        answer.value() == null
            ? WebResponse.empty(204)
            : WebResponse.of(200, "application/json", Json.write(answer.value()));
    return answer.servedBy().isEmpty()
        ? response
        : response.header("Ladang-Served-By", answer.servedBy());
  }

  private CallContext context(Call call, Optional<ActionInfo> action) {
    Duration patience =
        Deadline.of(call.request(), action.map(ActionInfo::timeout).orElse(UNKNOWN));
    return new CallContext(
        call.who().principal(),
        clock.now().plus(patience),
        call.traceId(),
        call.who().sessionName(),
        idempotencyKey(call.request()),
        "rest");
  }

  private static String idempotencyKey(WebRequest request) {
    Optional<String> key = request.header("idempotency-key").map(String::strip);
    if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
      throw new Refused(
          new Problem(
              400,
              "LADANG-CONSOLE-039",
              "The Idempotency-Key is empty, longer than 128 characters or not plain ASCII.",
              "Send for example a UUID."));
    }
    return key.orElse("");
  }
}
