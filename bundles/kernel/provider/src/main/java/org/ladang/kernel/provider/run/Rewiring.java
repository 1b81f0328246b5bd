package org.ladang.kernel.provider.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Passport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a plain bundle that others are wired to: they stop, the bundles are refreshed by name (never all of the
 * framework's), and they start again on the new one. Calls to them wait meanwhile. When one of them does not work with
 * the new one, all go back to the old one.
 */
final class Rewiring {
  private static final Logger LOG = LoggerFactory.getLogger(Rewiring.class);
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final BundleContext context;
  private final Installer installer;
  private final Prover prover;
  private final Retirement retirement;
  private final ServiceBroker broker;

  Rewiring(
      BundleContext context,
      Installer installer,
      Prover prover,
      Retirement retirement,
      ServiceBroker broker) {
    this.context = context;
    this.installer = installer;
    this.prover = prover;
    this.retirement = retirement;
    this.broker = broker;
  }

  /**
   * How it ended.
   *
   * @param there the bundle that is in the place now
   * @param why empty where that is the new one
   */
  record Outcome(Resident.Occupant there, Optional<LadangException> why) {}

  /**
   * Replaces {@code old}; the caller holds the places of all that are touched.
   *
   * @param users those that are wired to it, nearest first
   */
  Outcome replace(
      Resident.Occupant old, BundleEntry entry, Passport passport, List<Resident.Occupant> users) {
    users.forEach(user -> broker.hold(user.entry().symbolicName()));
    try {
      for (int i = users.size() - 1; i >= 0; i--) {
        retirement.drainAndStop(users.get(i));
      }
      Resident.Occupant next = null;
      try {
        next = installer.install(entry, passport, false);
        exchange(old, next, users);
        return new Outcome(next, Optional.empty());
      } catch (LadangException e) {
        Resident.Occupant back = installer.install(old.entry(), old.passport(), false);
        users.forEach(user -> installer.stop(user.bundle()));
        goBack(next, back, users);
        return new Outcome(back, Optional.of(e));
      }
    } finally {
      users.forEach(user -> broker.release(user.entry().symbolicName()));
    }
  }

  private void goBack(
      Resident.Occupant next, Resident.Occupant back, List<Resident.Occupant> users) {
    try {
      exchange(next, back, users);
    } catch (LadangException e) {
      LOG.error("{} did not come back: {}", back.entry().symbolicName(), e.line());
    }
  }

  private void exchange(
      Resident.Occupant leaving, Resident.Occupant coming, List<Resident.Occupant> users) {
    List<Bundle> wired = new ArrayList<>();
    users.forEach(user -> wired.add(user.bundle()));
    if (leaving != null) {
      installer.discard(leaving);
      wired.add(leaving.bundle());
    }
    refresh(wired);
    start(coming);
    users.forEach(this::start);
    for (Resident.Occupant user : users) {
      if (prover.prove(user.bundle()) instanceof Proof.Bad bad) {
        throw unfit(user, bad.why());
      }
    }
  }

  private void start(Resident.Occupant one) {
    Optional<LadangException> failure = prover.start(one.bundle());
    if (failure.isPresent()) {
      throw unfit(one, failure.get());
    }
  }

  private static LadangException unfit(Resident.Occupant one, LadangException why) {
    return new LadangException(why.code(), why.getMessage(), why)
        .next(why.nextStep().orElse(""))
        .with("bundle", one.entry().symbolicName());
  }

  /** These bundles only: a refresh of everything would restart the platform. */
  private void refresh(List<Bundle> bundles) {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(bundles, event -> done.countDown());
    try {
      if (!done.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the framework has not refreshed {} within {} s", bundles, REFRESH.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LadangException(
          "LADANG-SWAP-009", "The refresh of " + bundles + " was not waited for.", e);
    }
  }
}
