package org.ladang.deploy.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Job;
import org.ladang.kernel.Clock;
import org.ladang.kernel.State;

/**
 * Orders that nobody waits for, by their ids. Kept in the room's state, so that they are found when the order replaced
 * this very room; how such an order ended stands in the history, and is taken from there. Safe for any thread.
 */
final class Jobs {
  private static final String PREFIX = "job.";
  private static final String COUNT = "jobs";
  private static final int KEPT = 50;

  private final State state;
  private final History history;
  private final Clock clock;

  /** Jobs of a provider that begins: whatever ran under the one before it was handed over. */
  Jobs(State state, History history, Clock clock) {
    this.state = state;
    this.history = history;
    this.clock = clock;
    for (Kept job : kept()) {
      if (job.ending().state() == Job.State.RUNNING) {
        put(job.ended(JobEnding.handedOver()));
      }
    }
  }

  /**
   * Gives an order and follows it.
   *
   * @param given gives it; what it throws is thrown, and then there is no job
   * @param words tells how it ended
   */
  <T> Job follow(
      Job.Order order,
      String argument,
      String author,
      Supplier<CompletionStage<T>> given,
      Function<T, JobEnding> words) {
    Instant since = clock.now();
    long after = history.newest(1).stream().mapToLong(Attempt::id).findFirst().orElse(0);
    CompletionStage<T> stage = given.get();
    long number =
        ((Number)
                state
                    .update(COUNT, n -> n instanceof Number last ? last.longValue() + 1 : 1L)
                    .orElseThrow())
            .longValue();
    Kept job =
        new Kept(
            "j" + number,
            order,
            argument,
            author,
            since,
            after,
            new JobEnding(Job.State.RUNNING, "", ""));
    put(job);
    state.remove(PREFIX + "j" + (number - KEPT));
    stage.whenComplete(
        (result, failure) ->
            put(job.ended(failure == null ? words.apply(result) : JobEnding.of(failure))));
    return find(job.id()).orElseGet(job::job);
  }

  Optional<Job> find(String id) {
    return state.get(PREFIX + id).flatMap(json -> read(id, json)).map(this::settled);
  }

  /** The newest first. */
  List<Job> newest(int limit) {
    return kept().stream().limit(limit).map(this::settled).toList();
  }

  private List<Kept> kept() {
    List<Kept> jobs = new ArrayList<>();
    state
        .all()
        .forEach(
            (key, json) -> {
              if (key.startsWith(PREFIX)) {
                read(key.substring(PREFIX.length()), json).ifPresent(jobs::add);
              }
            });
    jobs.sort(Comparator.comparing(Kept::since).reversed());
    return jobs;
  }

  /** One that was handed over ended as the first attempt did that was about the same thing. */
  private Job settled(Kept job) {
    if (job.ending().state() != Job.State.HANDED_OVER) {
      return job.job();
    }
    return history.newest(History.KEPT).stream()
        .filter(a -> a.id() > job.after() && job.isAbout(a))
        .min(Comparator.comparingLong(Attempt::id))
        .map(a -> job.ended(JobEnding.of(job.order(), a)).job())
        .orElseGet(job::job);
  }

  private void put(Kept job) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order", job.order().name());
    json.put("argument", job.argument());
    json.put("author", job.author());
    json.put("since", job.since().toString());
    json.put("after", job.after());
    json.put("state", job.ending().state().name());
    json.put("sentence", job.ending().sentence());
    json.put("code", job.ending().code());
    state.put(PREFIX + job.id(), json);
  }

  private static Optional<Kept> read(String id, Object json) {
    if (!(json instanceof Map<?, ?> map)
        || !(map.get("order") instanceof String order)
        || !(map.get("after") instanceof Number after)) {
      return Optional.empty();
    }
    return Optional.of(
        new Kept(
            id,
            Job.Order.valueOf(order),
            String.valueOf(map.get("argument")),
            String.valueOf(map.get("author")),
            Instant.parse(String.valueOf(map.get("since"))),
            after.longValue(),
            new JobEnding(
                Job.State.valueOf(String.valueOf(map.get("state"))),
                String.valueOf(map.get("sentence")),
                String.valueOf(map.get("code")))));
  }

  /**
   * A job as it is kept.
   *
   * @param after the id of the last attempt that was over before it
   */
  private record Kept(
      String id,
      Job.Order order,
      String argument,
      String author,
      Instant since,
      long after,
      JobEnding ending) {

    Kept ended(JobEnding how) {
      return new Kept(id, order, argument, author, since, after, how);
    }

    Job job() {
      String what = (order.name().toLowerCase(Locale.ROOT) + " " + argument).strip();
      return new Job(id, what, author, since, ending.state(), ending.sentence(), ending.code());
    }

    boolean isAbout(Attempt attempt) {
      return switch (order) {
        case ACCEPT -> attempt.file().equals(argument);
        case START, STOP, REMOVE -> attempt.name().equals(argument);
        case ROLLBACK, APPLY -> false;
      };
    }
  }
}
