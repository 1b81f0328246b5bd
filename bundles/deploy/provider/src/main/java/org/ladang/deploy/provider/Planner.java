package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ladang.deploy.DeploymentPlan;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.SwapPlan;
import org.ladang.kernel.swap.Swapper;

/** Goes the way of a dropped file up to where something would be started. Used by the worker's thread only. */
final class Planner {
  private final Inbox inbox;
  private final Store store;
  private final Candidates candidates;
  private final Pipeline pipeline;
  private final PluginFiles files;
  private final Swapper swapper;
  private final Ledger ledger;
  private final Clock clock;

  Planner(
      Inbox inbox,
      Store store,
      Candidates candidates,
      Pipeline pipeline,
      PluginFiles files,
      Swapper swapper,
      Ledger ledger,
      Clock clock) {
    this.inbox = inbox;
    this.store = store;
    this.candidates = candidates;
    this.pipeline = pipeline;
    this.files = files;
    this.swapper = swapper;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A file of the inbox or of its drawers. */
  Path find(String file) {
    return Stream.of(inbox.file(file), inbox.failed(file), inbox.replaced(file))
        .filter(path -> !Inbox.ignored(file) && Files.isRegularFile(path))
        .findFirst()
        .orElseThrow(() -> unknown(file));
  }

  static LadangException unknown(String file) {
    return new LadangException(
            "LADANG-DEPLOY-021", "There is no file " + file + " in the inbox or its drawers.")
        .next("deploy:list shows the inbox, deploy:history what became of others.");
  }

  DeploymentPlan plan(Path jar) {
    String file = jar.getFileName().toString();
    Passport passport = null;
    String from = "";
    try {
      String sha256 = store.put(jar);
      Sighting sighting = new Sighting(file, stamp(sha256), clock.nanos(), clock.nanos());
      Candidate candidate = candidates.of(sighting, sha256);
      passport = candidate.passport();
      Optional<BundleEntry> former = Effects.find(ledger.content(), passport.symbolicName());
      from = former.map(BundleEntry::version).orElse("");
      return decided(file, candidate, from);
    } catch (LadangException e) {
      return refused(file, passport, from, Verdict.Refusal.of(e));
    }
  }

  private DeploymentPlan decided(String file, Candidate read, String from) {
    Content content = ledger.content();
    Candidate candidate = files.placed(read, content);
    Passport passport = candidate.passport();
    Optional<Verdict.Refusal> objection =
        pipeline.objection(candidate, List.of(), content).map(Verdict.Objection::refusal);
    SwapPlan plan = swapper.plan(candidate.entry());
    objection = objection.or(() -> pipeline.tooFar(candidate, plan));
    if (objection.isPresent()) {
      return refused(file, passport, from, objection.get());
    }
    if (plan.road() != SwapPlan.Road.NONE) {
      swapper.checkResolves(candidate.entry());
    }
    return new DeploymentPlan(
        file,
        passport.name(),
        passport.kind().name().toLowerCase(Locale.ROOT),
        from,
        passport.version(),
        plan.road().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        true,
        sentence(passport, from, plan),
        Blast.sentences(plan),
        "",
        "");
  }

  private Stamp stamp(String sha256) {
    try {
      return Stamp.of(store.path(sha256), false).orElseThrow();
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-STORE-001", "The stored jar cannot be looked at: " + e + ".", e);
    }
  }

  private static String sentence(Passport passport, String from, SwapPlan plan) {
    String subject = passport.name() + " " + passport.version();
    String others =
        plan.touched().isEmpty()
            ? "; nothing else is touched."
            : "; others are touched: " + String.join(" ", Blast.sentences(plan));
    Function<String, String> place =
        how -> " would take the place of " + from + ", " + how + others;
    return subject
        + switch (plan.road()) {
          case NONE -> " runs already, with this very content.";
          case NEW -> from.isEmpty() ? " would be new" + others : place.apply("which does not run");
          case AT_FIRST_CALL -> " would be ready and start at its first call" + others;
          case BESIDE -> place.apply("started beside it");
          case IN_PLACE -> place.apply("which goes first while calls wait");
        };
  }

  private static DeploymentPlan refused(
      String file, Passport passport, String from, Verdict.Refusal refusal) {
    return new DeploymentPlan(
        file,
        passport == null ? "" : passport.name(),
        passport == null ? "" : passport.kind().name().toLowerCase(Locale.ROOT),
        from,
        passport == null ? "" : passport.version(),
        "none",
        false,
        refusal.sentence(),
        List.of(),
        refusal.code(),
        refusal.next());
  }
}
