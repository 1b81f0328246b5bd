package org.ladang.deploy.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.DeploymentPolicy;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.SwapPlan;
import org.ladang.kernel.swap.Swapper;

/** Decides over one candidate: is its name free, is there what it needs, does it start. */
final class Pipeline {
  /** What it needs is not there. */
  static final String NEEDS = "LADANG-DEPLOY-004";

  /** Missing packages and capabilities: what offers them may be on its way. */
  private static final Set<String> MAY_STILL_COME =
      Set.of("LADANG-SWAP-001", "LADANG-SWAP-002", "LADANG-SWAP-006");

  private static final SwapPlan NOTHING = new SwapPlan(SwapPlan.Road.NEW, List.of());

  private final Swapper swapper;
  private final Requirements requirements;
  private final DeploymentPolicy policies;
  private final Store store;
  private final Blast blast;
  private final Watches watches;
  private final Clock clock;

  Pipeline(
      Swapper swapper,
      Requirements requirements,
      DeploymentPolicy policies,
      Store store,
      Blast blast,
      Watches watches,
      Clock clock) {
    this.swapper = swapper;
    this.requirements = requirements;
    this.policies = policies;
    this.store = store;
    this.blast = blast;
    this.watches = watches;
    this.clock = clock;
  }

  /**
   * Decides, and runs the candidate when nothing speaks against it.
   *
   * @param arriving passports of what is on its way in as well
   */
  Verdict decide(Candidate candidate, List<Passport> arriving, Content content) {
    try {
      Optional<Verdict.Objection> objection = objection(candidate, arriving, content);
      if (objection.isPresent()) {
        return objection.get();
      }
      candidate.sighting().step("resolved", clock.nanos());
      SwapPlan plan = NOTHING;
      if (replaces(candidate.passport(), content)) {
        plan = swapper.plan(candidate.entry());
        Optional<Verdict.Refusal> tooFar = tooFar(candidate, plan);
        if (tooFar.isPresent()) {
          return tooFar.get();
        }
        watches.notice(candidate.passport().symbolicName());
      }
      return run(candidate, Blast.sentences(plan));
    } catch (LadangException e) {
      return Verdict.Refusal.of(e);
    }
  }

  /** Those of some that lack packages which find them when all are there. */
  List<Candidate> assemble(List<Candidate> lacking) {
    Set<String> found = swapper.assemble(lacking.stream().map(Candidate::entry).toList());
    return lacking.stream().filter(c -> found.contains(c.passport().symbolicName())).toList();
  }

  /** A new one that was run does not stay. */
  void takeBack(Candidate candidate) {
    swapper.remove(candidate.passport().symbolicName());
  }

  /** Whether a file waits for something that another bundle may bring. */
  static boolean lacksPackages(Candidate candidate) {
    return candidate
        .sighting()
        .hold()
        .filter(hold -> MAY_STILL_COME.contains(hold.otherwise().code()))
        .isPresent();
  }

  /** Why it would touch too many others; empty where it would not. */
  Optional<Verdict.Refusal> tooFar(Candidate candidate, SwapPlan plan) {
    return blast.objection(candidate, plan);
  }

  /** What speaks against a candidate before anything of it is installed; empty where nothing does. */
  Optional<Verdict.Objection> objection(
      Candidate candidate, List<Passport> arriving, Content content) {
    Passport passport = candidate.passport();
    policies.judge(passport, candidate.sha256(), store.path(candidate.sha256()));
    Optional<BundleEntry> owner = owner(candidate, content);
    if (owner.isPresent()) {
      return Optional.of(
          new Verdict.Refusal(
              "LADANG-DEPLOY-003",
              "The name "
                  + passport.name()
                  + " belongs to the bundle "
                  + owner.get().symbolicName()
                  + ", and "
                  + candidate.file()
                  + " is the bundle "
                  + passport.symbolicName()
                  + ".",
              "Remove the other one first, or give this one a name of its own.",
              Map.of("owner", owner.get().symbolicName()),
              ""));
    }
    List<String> against = requirements.against(passport, arriving, replaces(passport, content));
    if (!against.isEmpty()) {
      return Optional.of(
          new Verdict.Held(
              new Verdict.Refusal(
                  NEEDS,
                  String.join(" ", against),
                  "Then drop " + candidate.file() + " again.",
                  Map.of(),
                  "")));
    }
    return Optional.empty();
  }

  private Verdict run(Candidate candidate, List<String> touched) {
    try {
      SwapOutcome outcome =
          swapper.apply(candidate.entry(), new HealthTrial(candidate.sighting(), clock));
      if (outcome instanceof SwapOutcome.Refused refused) {
        Verdict.Refusal refusal = Verdict.Refusal.of(refused);
        return MAY_STILL_COME.contains(refusal.code()) ? new Verdict.Held(refusal) : refusal;
      }
      return new Verdict.Accepted(outcome, touched);
    } catch (LadangException e) {
      return Verdict.Refusal.of(e);
    } catch (RuntimeException e) {
      return Verdict.Refusal.of(
          new LadangException(
                  "LADANG-DEPLOY-005", candidate.file() + " could not be deployed: " + e + ".", e)
              .next("This is a fault of the runtime; the trace below says where."));
    }
  }

  private static boolean replaces(Passport passport, Content content) {
    return content.bundles().stream()
        .anyMatch(b -> b.symbolicName().equals(passport.symbolicName()));
  }

  /** Another bundle that already has the candidate's name; the one that the same file brought does not count. */
  private static Optional<BundleEntry> owner(Candidate candidate, Content content) {
    Passport passport = candidate.passport();
    if (passport.kind() == Kind.PLAIN) {
      return Optional.empty();
    }
    return content.bundles().stream()
        .filter(b -> b.kind() == passport.kind() && b.name().equals(passport.name()))
        .filter(b -> !b.symbolicName().equals(passport.symbolicName()))
        .filter(b -> !b.file().equals(candidate.file()))
        .findFirst();
  }
}
