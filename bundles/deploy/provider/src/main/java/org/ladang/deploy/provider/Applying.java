package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ladang.deploy.AppliedSet;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.GenerationDifference;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.SwapPlan;
import org.ladang.kernel.swap.Swapper;

/**
 * Brings the field to a desired set, all of it or nothing. The bundles first, each proved as a dropped one is; the
 * first that is refused takes all back. Then the new files are laid beside the inbox under hidden names, a note says what
 * is to be moved, and the generation is written: from then on it is done. The moves that are left are made at once, or,
 * after a kill, at the next start. Used by the worker's thread only.
 */
final class Applying {
  private static final String NOTE = "apply";

  private final Inbox inbox;
  private final Store store;
  private final Candidates candidates;
  private final Pipeline pipeline;
  private final PluginFiles files;
  private final Swapper swapper;
  private final Watches watches;
  private final Effects effects;
  private final Ledger ledger;
  private final State state;
  private final Attempts attempts;
  private final Clock clock;

  Applying(
      Inbox inbox,
      Store store,
      Candidates candidates,
      Pipeline pipeline,
      PluginFiles files,
      Swapper swapper,
      Watches watches,
      Effects effects,
      Ledger ledger,
      State state,
      Clock clock) {
    this.inbox = inbox;
    this.store = store;
    this.candidates = candidates;
    this.pipeline = pipeline;
    this.files = files;
    this.swapper = swapper;
    this.watches = watches;
    this.effects = effects;
    this.ledger = ledger;
    this.state = state;
    this.attempts = new Attempts(clock);
    this.clock = clock;
  }

  /** A bundle that is to change, with what is known of it. */
  private record Step(Candidate candidate, BundleEntry entry, Optional<BundleEntry> former) {}

  /**
   * Brings the field to what the file says.
   *
   * @param force whether it may touch more others than the limit
   * @param done is told when the next generation is written
   * @throws LadangException where it cannot be: then everything is as before
   */
  void apply(Path file, boolean dryRun, boolean force, String author, Consumer<AppliedSet> done) {
    DesiredSet set = DesiredSet.read(file);
    ledger.flush();
    Content before = ledger.content();
    List<Step> steps = steps(set, before);
    List<BundleEntry> gone = set.prune() ? pruned(set, steps, before) : List.of();
    List<String> touched = check(steps, before, force);
    List<GenerationDifference> differences = differences(steps, gone);
    if (differences.isEmpty()) {
      done.accept(
          new AppliedSet(
              false, "Everything is as " + file.getFileName() + " says.", List.of(), List.of()));
      return;
    }
    String what = words(differences);
    if (dryRun) {
      done.accept(new AppliedSet(false, "Would change: " + what + ".", differences, touched));
      return;
    }
    long since = clock.nanos();
    swap(steps);
    Content after = after(before, steps, gone);
    try {
      layOut(steps);
      List<String> away = new ArrayList<>(before.inbox().keySet());
      away.removeAll(after.inbox().keySet());
      state.put(NOTE, Map.of("inbox", after.inbox(), "away", away));
    } catch (IOException | LadangException e) {
      takeBack(steps);
      throw new LadangException(
              "LADANG-DEPLOY-026", "The files of the set could not be laid out: " + e + ".", e)
          .next("Check the disk and the rights of the deploy folder; everything is as before.");
    }
    String sentence = author + " applied " + file.getFileName() + ": " + what + ".";
    AppliedSet applied = new AppliedSet(true, sentence, differences, touched);
    LadangException[] failure = new LadangException[1];
    ledger.add(
        Ending.of(attempts.done(Outcome.LIVE, sentence, author, since))
            .changing(
                content -> after,
                why -> {
                  failure[0] = why;
                  takeBack(steps);
                })
            .then(() -> settle(steps, gone)));
    ledger.flush();
    if (failure[0] != null) {
      throw failure[0];
    }
    done.accept(applied);
  }

  /** Makes the moves that a killed process had left, or forgets a set that it had not come to. */
  void resume() {
    if (!(state.get(NOTE).orElse(null) instanceof Map<?, ?> note)) {
      moveIn(Set.of()); // Cut before the note: files were laid out, no more.
      return;
    }
    boolean written = ledger.content().inbox().equals(note.get("inbox"));
    if (written && note.get("away") instanceof List<?> away) {
      away.forEach(file -> effects.putAway(file.toString()));
    }
    moveIn(written ? ledger.content().inbox().keySet() : Set.of());
    state.remove(NOTE);
  }

  private List<Step> steps(DesiredSet set, Content before) {
    List<Candidate> candidates = new ArrayList<>();
    Map<String, Boolean> stopped = new LinkedHashMap<>();
    for (DesiredSet.Wanted wanted : set.bundles()) {
      Candidate candidate = files.placed(candidate(wanted), before);
      candidates.add(candidate);
      stopped.put(candidate.passport().symbolicName(), wanted.stopped());
    }
    return BatchOrder.of(candidates).stream()
        .map(
            c ->
                new Step(
                    c,
                    c.entry().withStopped(stopped.get(c.passport().symbolicName())),
                    Effects.find(before, c.passport().symbolicName())))
        .filter(step -> !step.former().equals(Optional.of(step.entry())))
        .toList();
  }

  private Candidate candidate(DesiredSet.Wanted wanted) {
    if (wanted.jar().isPresent() && !Files.isRegularFile(wanted.jar().get())) {
      throw unlike(wanted, "its jar " + wanted.jar().get() + " is not there");
    }
    String stored = wanted.jar().map(store::put).orElse(wanted.sha256());
    if (!stored.equals(wanted.sha256())) {
      throw unlike(
          wanted, "its jar has the SHA-256 " + stored + ", the file says " + wanted.sha256());
    }
    Path jar = store.path(stored);
    if (!Files.exists(jar)) {
      throw unlike(wanted, "the store does not have it: name its `jar`");
    }
    Candidate candidate;
    try {
      Stamp stamp = Stamp.of(jar, false).orElseThrow();
      candidate =
          candidates.of(new Sighting(wanted.file(), stamp, clock.nanos(), clock.nanos()), stored);
    } catch (IOException e) {
      throw unlike(wanted, "its stored jar cannot be read: " + e);
    }
    Passport passport = candidate.passport();
    if (!passport.name().equals(wanted.name()) || !passport.version().equals(wanted.version())) {
      throw unlike(wanted, "its jar is " + passport.name() + " " + passport.version());
    }
    return candidate;
  }

  private static LadangException unlike(DesiredSet.Wanted wanted, String why) {
    return new LadangException(
            "LADANG-DEPLOY-025",
            "Nothing was applied: "
                + wanted.name()
                + " "
                + wanted.version()
                + " is not what it should be, "
                + why
                + ".")
        .next("Correct the file, or bring the jar that it means.");
  }

  private static List<BundleEntry> pruned(DesiredSet set, List<Step> steps, Content before) {
    Set<String> named =
        set.bundles().stream().map(DesiredSet.Wanted::name).collect(Collectors.toSet());
    return before.bundles().stream()
        .filter(b -> !b.fromDistribution() && b.kind() != Kind.SUBSYSTEM)
        .filter(b -> !named.contains(b.name()))
        .filter(
            b -> steps.stream().noneMatch(s -> s.entry().symbolicName().equals(b.symbolicName())))
        .sorted(Comparator.comparing(BundleEntry::name))
        .toList();
  }

  /** What speaks against any of them before anything is moved; returns what else would be touched. */
  private List<String> check(List<Step> steps, Content before, boolean force) {
    List<Passport> arriving = steps.stream().map(s -> s.candidate().passport()).toList();
    List<String> touched = new ArrayList<>();
    for (Step step : steps) {
      if (step.candidate().isDeployItself()) {
        throw new LadangException(
                "LADANG-DEPLOY-016",
                "Nothing was applied: the set has another provider of deploy, which cannot replace itself so.")
            .next("Drop that provider's jar, then apply the rest.");
      }
      pipeline
          .objection(step.candidate(), arriving, before)
          .ifPresent(
              objection -> {
                throw refusal(step, objection.refusal());
              });
      SwapPlan plan = swapper.plan(step.entry());
      if (!force) {
        pipeline
            .tooFar(step.candidate(), plan)
            .ifPresent(
                r -> {
                  throw refusal(step, r).next("If that is meant: apply the set with force=true.");
                });
      }
      touched.addAll(Blast.sentences(plan));
    }
    return touched;
  }

  private static LadangException refusal(Step step, Verdict.Refusal refusal) {
    return new LadangException(
            refusal.code(),
            "Nothing was applied, because "
                + step.entry().name()
                + " "
                + step.entry().version()
                + " would be refused: "
                + refusal.sentence())
        .next(refusal.next());
  }

  private void swap(List<Step> steps) {
    List<Step> done = new ArrayList<>();
    for (Step step : steps) {
      step.former().ifPresent(f -> watches.notice(f.symbolicName()));
      done.add(step);
      SwapOutcome outcome =
          swapper.apply(step.entry(), new HealthTrial(step.candidate().sighting(), clock));
      if (outcome instanceof SwapOutcome.Refused refused) {
        takeBack(done);
        throw refusal(step, Verdict.Refusal.of(refused));
      }
      if (outcome instanceof SwapOutcome.Live live && !live.objection().isEmpty()) {
        takeBack(done);
        throw refusal(
            step, new Verdict.Refusal("LADANG-SWAP-028", live.objection(), "", Map.of(), ""));
      }
    }
  }

  /** The last first: what comes later may need what came before. */
  private void takeBack(List<Step> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step.former().isPresent()) {
        swapper.apply(files.back(Optional.of(step.entry()), step.former().get()));
      } else {
        swapper.remove(step.entry().symbolicName());
      }
    }
    moveIn(Set.of());
    state.remove(NOTE);
  }

  private static Content after(Content before, List<Step> steps, List<BundleEntry> gone) {
    Content content = before;
    for (BundleEntry entry : gone) {
      content = Change.drop(entry).apply(content);
    }
    for (Step step : steps) {
      content = Change.put(step.entry()).apply(content);
    }
    return content;
  }

  private void layOut(List<Step> steps) throws IOException {
    for (Step step : steps) {
      inbox.layOut(step.entry().file(), store.path(step.entry().fileSha256()));
    }
  }

  private void settle(List<Step> steps, List<BundleEntry> gone) {
    resume();
    for (BundleEntry entry : gone) {
      watches.end(entry.symbolicName());
      swapper.remove(entry.symbolicName());
    }
    for (Step step : steps) {
      step.former().ifPresent(effects::remember);
      step.former().ifPresent(former -> watches.begin(former, step.entry()));
    }
  }

  /** What was laid out under these names gets them; the rest goes. */
  private void moveIn(Set<String> names) {
    try {
      for (String name : inbox.laidOut()) {
        if (names.contains(name)) {
          effects.putAway(name);
          inbox.moveIn(name);
        } else {
          inbox.dropLaidOut(name);
        }
      }
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-DEPLOY-026", "The files of the set could not be moved in: " + e + ".", e);
    }
  }

  private static List<GenerationDifference> differences(List<Step> steps, List<BundleEntry> gone) {
    List<GenerationView.Pair> pairs = new ArrayList<>();
    steps.forEach(s -> pairs.add(new GenerationView.Pair(s.former(), Optional.of(s.entry()))));
    gone.forEach(g -> pairs.add(new GenerationView.Pair(Optional.of(g), Optional.empty())));
    return pairs.stream()
        .map(GenerationView.Pair::difference)
        .sorted(Comparator.comparing(GenerationDifference::name))
        .toList();
  }

  private static String words(List<GenerationDifference> differences) {
    return differences.stream().map(GenerationView::words).collect(Collectors.joining(", "));
  }
}
