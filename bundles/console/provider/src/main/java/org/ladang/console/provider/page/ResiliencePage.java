package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** What fails, who stands in for it, and who gets the calls: breakers, retry budgets, pools, endpoints. */
final class ResiliencePage {
  /** So many policies, pools and services are asked closely. */
  private static final int CLOSELY = 32;

  private static final int EVENTS = 500;
  private static final int CHARTED = 6;
  private static final String OPENED = "breaker.opened.";
  private static final String RATE = ".rate";

  private ResiliencePage() {}

  /** What was asked for each name. */
  private record Close(Map<String, CompletableFuture<Asked>> asked) {
    Stream<CompletableFuture<Asked>> all() {
      return asked.values().stream();
    }

    Shape of(String name) {
      return asked.containsKey(name) ? asked.get(name).join().shape() : Shape.of(Map.of());
    }

    String command() {
      return asked.values().stream().map(a -> a.join().command()).findFirst().orElse("");
    }
  }

  static CompletionStage<Html> content(Visit visit) {
    CompletableFuture<Asked> breakers = visit.ask("breaker:list");
    CompletableFuture<Asked> pools = visit.ask("balancer:list");
    CompletableFuture<Asked> services = visit.ask("service:list");
    CompletableFuture<Asked> recorded = visit.ask("telemetry:series", "prefix", OPENED);
    CompletableFuture<Asked> events =
        visit.ask("ladang:events", "type", "breaker.", "limit", EVENTS);
    return CompletableFuture.allOf(breakers, pools, services, recorded, events)
        .thenCompose(
            none -> {
              Close policies =
                  close(visit, "breaker:info", "policy", Shape.list(breakers.join().value()));
              Close stats =
                  close(visit, "balancer:stats", "pool", pools.join().shape().shapes("pools"));
              Close infos =
                  close(visit, "service:info", "service", Shape.list(services.join().value()));
              return CompletableFuture.allOf(
                      Stream.of(policies, stats, infos)
                          .flatMap(Close::all)
                          .toArray(CompletableFuture[]::new))
                  .thenApply(
                      done ->
                          all(
                              breakers(visit, breakers.join(), events.join(), recorded.join()),
                              budgets(breakers.join(), policies),
                              Parts.panel(
                                  "pools",
                                  "Who gets the calls",
                                  pools.join(),
                                  asked -> pools(visit, asked, stats)),
                              services(visit, services.join(), infos),
                              ActionPages.forms(visit, "breaker", "What can be asked of breaker"),
                              ActionPages.forms(visit, "balancer", "What can be asked of balancer"),
                              ActionPages.forms(visit, "service", "What can be asked of service")));
            });
  }

  private static Close close(Visit visit, String action, String argument, List<Shape> lines) {
    Map<String, CompletableFuture<Asked>> close = new LinkedHashMap<>();
    if (visit.has(action)) {
      lines.stream()
          .limit(CLOSELY)
          .map(line -> line.text(argument))
          .forEach(one -> close.put(one, visit.ask(action, argument, one)));
    }
    return new Close(close);
  }

  private static Html breakers(Visit visit, Asked breakers, Asked events, Asked recorded) {
    TimeRange range = TimeRange.of(visit);
    return all(
        range.picker("/console/resilience"),
        Parts.panel(
            "breakers",
            "Breakers",
            breakers,
            asked -> breakers(visit, asked, new StateStrips(range, Shape.list(events.value())))),
        charts(range, recorded));
  }

  private static Html breakers(Visit visit, Asked asked, StateStrips strips) {
    List<List<Object>> rows = new ArrayList<>();
    for (Shape line : Shape.list(asked.value())) {
      String policy = line.text("policy");
      rows.add(
          List.of(
              tag("span", cls("name"), policy),
              Parts.state(word(line.text("state"))),
              strips.of(policy, line.text("state")),
              Parts.time(line.time("since")),
              new Parts.Figure(Durations.words(line.text("left"))),
              line.whole("health"),
              percent(line.number("successRate")),
              line.whole("errors"),
              line.text("cause"),
              tag("span", cls("orders"), orders(visit, policy))));
    }
    return rows.isEmpty()
        ? tag("p", "No call was made under a policy yet.")
        : Parts.table(
            rows.size() == 1 ? "1 breaker" : rows.size() + " breakers",
            List.of(
                "Policy",
                "State",
                "In this time",
                "Since",
                "Waits",
                "Health of 100",
                "Success",
                "Errors in an hour",
                "Why",
                "Orders"),
            rows);
  }

  private static List<Html> orders(Visit visit, String policy) {
    return List.of(
        Parts.button(visit, label("Reset", policy), "breaker:reset", Map.of("policy", policy)),
        Parts.button(
            visit,
            label("Keep open", policy),
            "breaker:force",
            Map.of("policy", policy, "state", "FORCED_OPEN")),
        Parts.button(
            visit,
            label("Let pass", policy),
            "breaker:force",
            Map.of("policy", policy, "state", "DISABLED")));
  }

  /** Buttons of the same word differ for those who do not see which row they stand in. */
  private static Html label(String word, String what) {
    return all(word, tag("span", cls("hidden"), " " + what));
  }

  private static String word(String state) {
    return state.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Parts.Figure percent(double share) {
    return new Parts.Figure(String.format(Locale.ROOT, "%.1f %%", share * 100));
  }

  /** How often breakers opened, of those that ever did. */
  private static Html charts(TimeRange range, Asked recorded) {
    Map<String, String> series = new LinkedHashMap<>();
    Shape.list(recorded.value()).stream()
        .map(one -> one.text("name"))
        .filter(name -> name.startsWith(OPENED) && name.endsWith(RATE))
        .limit(CHARTED)
        .forEach(
            name ->
                series.put(
                    name,
                    "Opened: " + name.substring(OPENED.length(), name.length() - RATE.length())));
    return series.isEmpty()
        ? nothing()
        : Parts.panel("openings", "How often they open", Charts.of(range, series));
  }

  private static Html budgets(Asked breakers, Close policies) {
    List<List<Object>> rows = new ArrayList<>();
    for (Shape line : Shape.list(breakers.value())) {
      String policy = line.text("policy");
      Shape info = policies.of(policy);
      Shape measures = info.shape("measures");
      Shape retry = info.shape("settings").shape("retry");
      if (!info.has("settings")) {
        continue;
      }
      rows.add(
          List.of(
              tag("span", cls("name"), policy),
              measures.whole("calls"),
              measures.whole("retries"),
              new Parts.Figure(allowed(retry, measures.whole("calls"))),
              measures.whole("refused"),
              measures.whole("fallbacks"),
              measures.whole("degraded"),
              Durations.words(measures.text("meanResponse")),
              terms(info.shape("health"))));
    }
    if (rows.isEmpty()) {
      return nothing();
    }
    return Parts.panel(
        "budget",
        "The last hour, and the retry budget",
        Parts.table(
            "Retries and what stood in",
            List.of(
                "Policy",
                "Calls",
                "Retries",
                "Allowed",
                "Refused",
                "Fallbacks",
                "Degraded",
                "Mean response",
                "What its health consists of"),
            rows),
        Parts.command(policies.command()));
  }

  private static String allowed(Shape retry, long calls) {
    if (retry.whole("attempts") <= 1) {
      return "none";
    }
    return String.format(
        Locale.ROOT,
        "%.0f and %.0f/s",
        retry.number("budgetShare") * calls,
        retry.number("budgetPerSecond"));
  }

  private static Html terms(Shape health) {
    return tag(
        "ul",
        health.shapes("terms").stream()
            .map(
                term ->
                    tag(
                        "li",
                        String.format(
                            Locale.ROOT,
                            "%s: %.0f of %.0f. %s",
                            term.text("name"),
                            term.number("points"),
                            term.number("most"),
                            term.text("why"))))
            .toList());
  }

  private static Html pools(Visit visit, Asked asked, Close stats) {
    List<Html> tables = new ArrayList<>();
    for (Shape line : asked.shape().shapes("pools")) {
      String pool = line.text("pool");
      List<List<Object>> rows = new ArrayList<>();
      for (Shape endpoint : stats.of(pool).shapes("endpoints")) {
        String id = endpoint.text("id");
        rows.add(
            List.of(
                tag("span", cls("name"), id),
                Parts.state(word(endpoint.text("state"))),
                Parts.meter("Share of " + id + " in " + pool, endpoint.number("share")),
                percent(endpoint.number("share")),
                endpoint.whole("calls"),
                endpoint.whole("failed"),
                endpoint.whole("inFlight"),
                Parts.Figure.of(endpoint.number("meanMillis")),
                endpoint.text("zone"),
                endpoint.text("why"),
                tag(
                    "span",
                    cls("orders"),
                    Parts.button(
                        visit,
                        label("Drain", id),
                        "balancer:drain",
                        Map.of("pool", pool, "endpoint", id)))));
      }
      String caption =
          pool
              + ": "
              + line.text("algorithm")
              + ", "
              + line.whole("available")
              + " of "
              + line.whole("endpoints")
              + " may be called"
              + (line.yes("panic") ? "; so few are well that all are called" : "");
      tables.add(
          Parts.table(
              caption,
              List.of(
                  "Endpoint",
                  "State",
                  "Share",
                  "of calls",
                  "Calls",
                  "Failed",
                  "Under way",
                  "Mean ms",
                  "Zone",
                  "Why",
                  "Orders"),
              rows));
    }
    return tables.isEmpty()
        ? tag("p", "There is no pool.")
        : all(all(tables), Parts.command(stats.command()));
  }

  private static Html services(Visit visit, Asked services, Close infos) {
    if (!visit.has("service:list")) {
      return nothing();
    }
    return Parts.panel(
        "services",
        "What is offered, by whom",
        services,
        asked -> {
          List<Html> tables = new ArrayList<>();
          for (Shape line : Shape.list(asked.value())) {
            String service = line.text("service");
            tables.add(
                Parts.value(
                    service
                        + ": "
                        + line.whole("alive")
                        + " of "
                        + line.whole("endpoints")
                        + " alive",
                    infos.of(service).members().get("endpoints")));
          }
          return tables.isEmpty() ? tag("p", "Nothing is offered.") : all(tables);
        });
  }
}
