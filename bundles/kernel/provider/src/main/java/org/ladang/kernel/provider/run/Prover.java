package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Starts a bundle and proves that it may serve: started, its services taken, its components active. */
final class Prover {
  // What a component waits for may be on its way, above all while the runtime starts.
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final long LOOK_MILLIS = 20;

  private final ServiceBroker broker;
  private final Components components;
  private final ResolutionText resolution;
  private final Pulse pulse;
  private final Duration deadline;

  Prover(
      BundleContext context,
      ServiceBroker broker,
      Components components,
      Pulse pulse,
      Duration deadline) {
    this.broker = broker;
    this.components = components;
    this.resolution = new ResolutionText(context);
    this.pulse = pulse;
    this.deadline = deadline;
  }

  Duration deadline() {
    return deadline;
  }

  /** Starts the bundle under the deadline; empty when it started. */
  Optional<LadangException> start(Bundle bundle) {
    StartAttempt attempt = StartAttempt.start(bundle);
    if (!attempt.await(deadline)) {
      return Optional.of(
          new LadangException(
                  "LADANG-SWAP-007",
                  name(bundle)
                      + " has not finished starting within "
                      + seconds(deadline)
                      + ": "
                      // The start may only wait for a component that somebody else activates.
                      + StuckThread.inside(components.report(bundle).settling())
                          .orElseGet(attempt::where)
                      + " has not returned.")
              .next("Move slow work out of activate, or out of the activator."));
    }
    Throwable failure = attempt.failure();
    return failure == null ? Optional.empty() : Optional.of(resolution.of(bundle, failure));
  }

  /** Waits until it is clear how the started bundle is. */
  Proof prove(Bundle bundle) {
    long end = System.nanoTime() + deadline.toNanos();
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long seen = pulse.beats();
      Proof proof = look(bundle);
      boolean over = System.nanoTime() >= end;
      if (proof instanceof Proof.Bad || proof instanceof Proof.Good) {
        return proof;
      }
      if (proof instanceof Proof.Waits && (over || System.nanoTime() >= patience)) {
        return proof;
      }
      if (over) {
        return new Proof.Bad(tooSlow(bundle));
      }
      try {
        pulse.await(seen, LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Proof.Bad(
            new LadangException("LADANG-SWAP-009", name(bundle) + " was not waited for.", e));
      }
    }
  }

  /** Grows with every service event of the bundle. */
  long changes(Bundle bundle) {
    return broker.changes(bundle);
  }

  /** How the bundle is now; null while that is not clear yet. */
  Proof look(Bundle bundle) {
    return look(bundle, components.report(bundle));
  }

  /** The same for many bundles that were active before this was called; asks which components there are only once. */
  Function<Bundle, Proof> looks() {
    Function<Bundle, ComponentReport> reports = components.reports();
    return bundle -> look(bundle, reports.apply(bundle));
  }

  private Proof look(Bundle bundle, ComponentReport report) {
    Optional<LadangException> refused = broker.failure(bundle);
    Optional<ComponentReport.Failed> failed =
        // Whoever took the service may have seen a failure that came after the report.
        report.failed().or(() -> refused.flatMap(why -> components.report(bundle).failed()));
    if (failed.isPresent()) {
      return new Proof.Bad(
          NewerJava.in(bundle, failed.get().trace(), null)
              .orElseGet(
                  () ->
                      new LadangException("LADANG-SWAP-012", failed.get().sentence())
                          .next("Mend the component and drop the bundle again.")
                          .with("trace", failed.get().trace())));
    }
    if (refused.isPresent()) {
      // Declarative Services keep to themselves why a class cannot be loaded.
      return new Proof.Bad(
          components
              .unloadable(bundle)
              .flatMap(why -> NewerJava.in(bundle, why.toString(), why))
              .orElse(refused.get()));
    }
    if (!report.settling().isEmpty() || !broker.settled(bundle)) {
      return null;
    }
    return report.problems().isEmpty()
        ? new Proof.Good(report.told() && broker.holds(bundle, report.services()))
        : new Proof.Waits(String.join(" ", report.sentences()));
  }

  private LadangException tooSlow(Bundle bundle) {
    return new LadangException(
            "LADANG-SWAP-008",
            name(bundle)
                + " has a component that is not active after "
                + seconds(deadline)
                + ": its activate has not returned"
                + StuckThread.inside(components.report(bundle).settling())
                    .map(where -> ", " + where)
                    .orElse("")
                + ".")
        .next("Move slow work out of activate.");
  }

  private static String name(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
