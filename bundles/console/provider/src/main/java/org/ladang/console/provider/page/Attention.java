package org.ladang.console.provider.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ladang.kernel.LadangException;

/** Finds what needs attention in what the rooms say. Adds no judgement but the limits that its constants name. */
final class Attention {
  /** A refused jar needs attention for so long, unless another of its name is taken. */
  private static final Duration REFUSAL_AGE = Duration.ofHours(24);

  /** A warning that nothing took back needs attention for so long. */
  private static final Duration EVENT_AGE = Duration.ofMinutes(15);

  /** A plugin is slow when the 95th percentile of its calls is longer. */
  private static final double SLOW_MILLIS = 1000;

  /** So many failed calls within five minutes, and so great a share of all, are a burst. */
  private static final double BURST_ERRORS = 5;

  private static final double BURST_SHARE = 0.05;

  private final Facts facts;
  private final Instant now;
  private final FirstSeen seen;
  private final List<Need> needs = new ArrayList<>();
  private final Set<String> named = new HashSet<>();

  private Attention(Facts facts, Instant now, FirstSeen seen) {
    this.facts = facts;
    this.now = now;
    this.seen = seen;
  }

  /** The worst first, the newest of them first. */
  static List<Need> of(Facts facts, Instant now, FirstSeen seen) {
    Attention attention = new Attention(facts, now, seen);
    attention.rooms();
    attention.attempts();
    attention.plugins();
    attention.shards();
    attention.checks();
    attention.calls();
    attention.events();
    attention.needs.sort(
        Comparator.comparing(Need::bad)
            .reversed()
            .thenComparing(need -> need.since().orElse(Instant.EPOCH), Comparator.reverseOrder()));
    return List.copyOf(attention.needs);
  }

  /** Rooms that do not answer: what they would have said nobody knows, so that the field cannot be called healthy. */
  private void rooms() {
    facts
        .byRoom()
        .forEach(
            (room, asked) ->
                asked.stream()
                    .flatMap(one -> one.refusal().stream())
                    .findFirst()
                    .ifPresent(why -> silent(room, why)));
  }

  private void silent(String room, LadangException why) {
    Optional<Shape> told =
        Shape.list(facts.events().value()).stream()
            .filter(event -> event.text("subject").equals(room))
            .findFirst()
            .filter(event -> !event.text("severity").equals("INFO"));
    Optional<Instant> seenSince = seen.since("room " + room, now);
    List<Need.Step> steps = new ArrayList<>();
    // The registry's own release is gone with it.
    if (!room.equals("registry")
        && told.filter(e -> e.text("type").equals("swap.quarantine")).isPresent()) {
      steps.add(Need.Step.action("Try it again", "plugin:release", Map.of("name", room)));
    }
    steps.add(Need.Step.link("Drop a repaired jar", "/console/deploy"));
    steps.add(Need.Step.link("Look at the events", "/console/events"));
    add(
        new Need(
            false,
            room,
            "The room "
                + room
                + " does not answer: "
                + known(room)
                    .or(() -> told.map(event -> event.text("sentence")))
                    .orElse(why.getMessage()),
            told.flatMap(event -> event.time("at")).or(() -> seenSince),
            "",
            "What it knows is missing on this page until it answers again.",
            steps),
        room);
  }

  /** What the kernel knows of a room that does not serve. */
  private Optional<String> known(String room) {
    String prefix = room + ": ";
    return facts.status().shape().texts("attention").stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst();
  }

  /** What was dropped last under a name, and was not taken. */
  private void attempts() {
    Map<String, Shape> newest = new LinkedHashMap<>();
    for (Shape attempt : Shape.list(facts.history().value())) {
      String key = attempt.text("name").isEmpty() ? attempt.text("file") : attempt.text("name");
      newest.putIfAbsent(key, attempt);
    }
    newest.forEach(
        (name, attempt) -> {
          String outcome = attempt.text("outcome");
          Optional<Instant> at = attempt.time("at");
          // Somebody's own rollback is about no bundle in particular, and was wanted.
          boolean young =
              !name.isEmpty() && at.isPresent() && at.get().isAfter(now.minus(REFUSAL_AGE));
          if (young && !Set.of("LIVE", "WAITING", "REMOVED", "STOPPED").contains(outcome)) {
            refused(name, attempt, at);
          }
        });
  }

  private void refused(String name, Shape attempt, Optional<Instant> at) {
    Optional<Shape> serving =
        Shape.list(facts.plugins().value()).stream()
            .filter(plugin -> plugin.text("name").equals(name))
            .filter(plugin -> Parts.tone(plugin.text("state")).equals("good"))
            .findFirst();
    String done =
        serving
            .map(plugin -> name + " " + plugin.text("version") + " goes on serving.")
            .orElse(
                attempt.text("file").isEmpty()
                    ? ""
                    : "The file lies in deploy/.failed with the reason.");
    List<Need.Step> steps = new ArrayList<>();
    steps.add(Need.Step.link("Drop a repaired jar", "/console/deploy"));
    if (serving.isPresent()) {
      steps.add(Need.Step.link("Look at " + name, "/console/plugins/" + Parts.segment(name)));
    }
    add(
        new Need(
            serving.isEmpty(),
            (name + " " + attempt.text("version")).strip(),
            attempt.text("sentence"),
            at,
            done,
            attempt.text("next"),
            steps),
        name);
  }

  private void plugins() {
    for (Shape plugin : Shape.list(facts.plugins().value())) {
      String name = plugin.text("name");
      String state = plugin.text("state");
      String health = plugin.text("health");
      boolean stopped = state.equals("STOPPED");
      boolean sick = !stopped && !health.isEmpty() && !health.equals("healthy");
      if (named.contains(name) || stopped || Parts.tone(state).equals("good") && !sick) {
        continue;
      }
      String cause =
          plugin.text("sentence").isEmpty()
              ? name + " is " + (sick ? health : state.toLowerCase(Locale.ROOT)) + "."
              : plugin.text("sentence");
      List<Need.Step> steps = new ArrayList<>();
      steps.add(Need.Step.link("Say why", "/console/plugins/" + Parts.segment(name)));
      if (state.equals("QUARANTINED")) {
        steps.add(Need.Step.action("Try it again", "plugin:release", Map.of("name", name)));
      } else {
        steps.add(Need.Step.action("Stop it", "plugin:stop", Map.of("name", name)));
      }
      add(
          new Need(
              Parts.tone(state).equals("bad") || health.equals("unhealthy"),
              (name + " " + plugin.text("version")).strip(),
              cause,
              plugin.time("since"),
              "",
              "",
              steps),
          name);
    }
  }

  private void shards() {
    for (Shape shard : Shape.list(facts.shards().value())) {
      String state = shard.text("state");
      if (Parts.tone(state).equals("good") || state.isEmpty()) {
        continue;
      }
      String id = shard.text("id");
      List<Need.Step> steps = new ArrayList<>();
      steps.add(Need.Step.action("Rebuild it", "shard:rebuild", Map.of("shard", id)));
      steps.add(Need.Step.link("Look at the shards", "/console/shards"));
      add(
          new Need(
              Parts.tone(state).equals("bad"),
              id,
              shard.text("sentence").isEmpty() ? id + " is " + state + "." : shard.text("sentence"),
              seen.since("shard " + id + state, now),
              "",
              "",
              steps),
          id);
    }
  }

  private void checks() {
    for (Shape check : facts.health().shape().shapes("results")) {
      String word = check.text("word");
      String name = check.text("name");
      // What the checks of bundles and shards count, the rules above name one by one.
      boolean told = !needs.isEmpty() && Set.of("Bundles", "Shards").contains(name);
      if (word.equals("HEALTHY") || told || named.contains(name)) {
        continue;
      }
      add(
          new Need(
              word.equals("UNHEALTHY"),
              name,
              String.join(" ", check.texts("sentences")),
              seen.since("check " + name + word, now),
              "",
              "",
              List.of(
                  name.equals("Configuration")
                      ? Need.Step.link("Look at the configuration", "/console/config")
                      : Need.Step.action(
                          "Check again", "health:run", Map.of("tags", List.of(name))))),
          name);
    }
  }

  private void calls() {
    Shape present = facts.present().shape();
    double seconds = Math.max(1, seconds(present.text("over")));
    for (Shape calls : present.shapes("calls")) {
      String owner = calls.text("owner");
      boolean plugin =
          Shape.list(facts.plugins().value()).stream().anyMatch(p -> p.text("name").equals(owner));
      if (!plugin || named.contains(owner)) {
        continue;
      }
      double errors = calls.number("errors") * seconds;
      double all = calls.number("calls") * seconds;
      if (errors >= BURST_ERRORS && errors >= all * BURST_SHARE) {
        add(
            busy(
                owner,
                "errors",
                String.format(
                    Locale.ROOT,
                    "%s: %.0f of %.0f calls failed in the last five minutes.",
                    owner,
                    errors,
                    all)),
            owner);
      } else if (calls.number("p95") > SLOW_MILLIS) {
        add(
            busy(
                owner,
                "slow",
                String.format(
                    Locale.ROOT,
                    "%s is slow: the 95th percentile of its calls in the last five minutes is %,.0f ms.",
                    owner,
                    calls.number("p95"))),
            owner);
      }
    }
  }

  private Need busy(String owner, String kind, String cause) {
    return new Need(
        false,
        owner,
        cause,
        seen.since(kind + owner, now),
        "",
        "",
        List.of(
            Need.Step.link("Look at its calls", "/console/plugins/" + Parts.segment(owner)),
            Need.Step.action("Stop it", "plugin:stop", Map.of("name", owner))));
  }

  private static double seconds(String duration) {
    try {
      return Duration.parse(duration).toSeconds();
    } catch (java.time.format.DateTimeParseException other) {
      return 0;
    }
  }

  /** Warnings of the last minutes that no later event of the same room about the same thing took back. */
  private void events() {
    Set<String> later = new HashSet<>();
    for (Shape event : Shape.list(facts.events().value())) {
      String type = event.text("type");
      String room = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
      String subject = event.text("subject");
      boolean first = later.add(room + " " + subject);
      boolean young = event.time("at").map(at -> at.isAfter(now.minus(EVENT_AGE))).orElse(false);
      // The rules above know what is deployed and what the configuration is now.
      boolean told = Set.of("deploy", "config").contains(room);
      if (event.text("severity").equals("INFO") || !first || !young || told) {
        continue;
      }
      String what = subject.isEmpty() ? room : subject;
      if (!named.contains(what)) {
        add(
            new Need(
                event.text("severity").equals("ERROR"),
                what,
                event.text("sentence"),
                event.time("at"),
                "",
                "",
                List.of(
                    Need.Step.link(
                        "Look at the events", "/console/events?type=" + Parts.segment(room)))),
            what);
      }
    }
  }

  private void add(Need need, String name) {
    needs.add(need);
    named.add(name);
  }
}
