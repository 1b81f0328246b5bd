package org.ladang.kernel.provider.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Store;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings stored jars into the framework, by reference, and takes them out again. */
final class Installer {
  private static final Logger LOG = LoggerFactory.getLogger(Installer.class);
  // SCR itself gives up on a component after ds.stop.timeout.milliseconds, which is 5 s.
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(8);

  private final BundleContext context;
  private final Events events;
  private final Store store;
  private final PluginFolders folders;
  private final ServiceBroker broker;
  private final InstalledPassports passports;
  private final LeakWatch leaks;
  private final ResolutionText resolution;
  private final LazyProofs proofs;

  Installer(
      BundleContext context,
      Store store,
      PluginFolders folders,
      ServiceBroker broker,
      InstalledPassports passports,
      LeakWatch leaks,
      Events events,
      Path proofs) {
    this.passports = passports;
    this.leaks = leaks;
    this.events = events;
    this.context = context;
    this.store = store;
    this.folders = folders;
    this.broker = broker;
    this.resolution = new ResolutionText(context);
    this.proofs = new LazyProofs(context, proofs);
  }

  /** The framework's name for a stored jar. */
  static String location(Path jar) {
    // Encoded as a URI: a blank or percent sign in a path would not survive otherwise.
    return "reference:" + jar.toUri();
  }

  /**
   * Installs a bundle, not started yet. A plugin's context is still closed.
   *
   * @param staged whether its services must wait for the flip
   */
  Resident.Occupant install(BundleEntry entry, Passport passport, boolean staged) {
    Bundle bundle = bundle(entry);
    passports.put(bundle, passport);
    if (staged) {
      broker.stage(bundle);
    }
    OwnContext own =
        passport.kind() == Kind.PLUGIN
            ? new OwnContext(
                context, bundle, passport.name(), passport.version(), folders.path(entry))
            : null;
    return new Resident.Occupant(entry, passport, bundle, own);
  }

  /** Resolves a lazy plugin's bundle, unless it is known to, and leaves nothing behind but the proof. */
  void checkResolves(BundleEntry entry, Passport passport) {
    if (proofs.hold(entry.sha256())) {
      return;
    }
    Bundle bundle = bundle(entry);
    try {
      if (!context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(Set.of(bundle))) {
        // Only starting tells why; a bundle that does not resolve runs nothing.
        StartAttempt attempt = StartAttempt.start(bundle);
        attempt.await(STOP_DEADLINE);
        throw resolution.of(
            bundle,
            attempt.failure() == null
                ? new BundleException(passport.name() + " does not resolve")
                : attempt.failure());
      }
      proofs.put(entry.sha256());
    } finally {
      uninstall(bundle);
    }
  }

  /** Installs bundles together; returns the symbolic names of those that resolve, and forgets the others. */
  Set<String> assemble(List<BundleEntry> entries) {
    Map<String, Bundle> installed = new LinkedHashMap<>();
    for (BundleEntry entry : entries) {
      try {
        installed.put(entry.symbolicName(), bundle(entry));
      } catch (LadangException e) {
        LOG.debug("not assembled: {}", e.line()); // It is told when it is applied.
      }
    }
    context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(installed.values());
    installed
        .values()
        .removeIf(bundle -> bundle.getState() == Bundle.INSTALLED && uninstall(bundle));
    return Set.copyOf(installed.keySet());
  }

  /** Stops and uninstalls a bundle; false when it did not return in time and is stuck. */
  boolean discard(Resident.Occupant occupant) {
    if (occupant.bundle() == null) {
      return true;
    }
    boolean stopped = stop(occupant.bundle());
    if (occupant.context() != null) {
      occupant.context().close();
    }
    return stopped && uninstall(occupant.bundle());
  }

  boolean stop(Bundle bundle) {
    StartAttempt attempt = StartAttempt.stop(bundle);
    if (attempt.await(STOP_DEADLINE)) {
      // One that was taken out in the meantime has stopped, too.
      if (attempt.failure() != null && bundle.getState() != Bundle.UNINSTALLED) {
        LOG.warn("{} threw while it stopped", bundle.getSymbolicName(), attempt.failure());
      }
      return true;
    }
    tellOfStuck(bundle, attempt.where());
    return false;
  }

  private void tellOfStuck(Bundle bundle, String where) {
    String sentence =
        bundle.getSymbolicName()
            + " "
            + bundle.getVersion()
            + " does not stop: "
            + where
            + " has not returned; it stays until the runtime is restarted.";
    LOG.error(sentence);
    events.publish(
        Event.Severity.WARNING,
        "swap.stuck",
        bundle.getSymbolicName(),
        sentence,
        Map.of("code", "LADANG-SWAP-033", "version", bundle.getVersion().toString()));
  }

  private boolean uninstall(Bundle bundle) {
    passports.remove(bundle);
    leaks.leaving(bundle);
    StartAttempt attempt = StartAttempt.uninstall(bundle);
    return attempt.await(STOP_DEADLINE);
  }

  private Bundle bundle(BundleEntry entry) {
    try {
      return context.installBundle(location(store.path(entry.sha256())));
    } catch (BundleException e) {
      throw new LadangException(
          "LADANG-SWAP-016",
          entry.symbolicName()
              + " "
              + entry.version()
              + " could not be installed: "
              + e.getMessage(),
          e);
    }
  }

  /** What can be said of a jar that could not be read. */
  static Passport unread(BundleEntry entry) {
    return new Passport(
        entry.kind(),
        entry.name(),
        entry.symbolicName(),
        entry.version(),
        entry.version(),
        "",
        false,
        true,
        "none",
        "",
        "",
        "",
        LadangPlugin.Migration.NONE,
        List.of(),
        List.of(),
        List.of());
  }
}
