package org.ladang.kernel.provider.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.UpgradeHook;
import org.ladang.kernel.provider.proxy.Pulse;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the hooks of plugins, each under a deadline, and makes a sentence of what goes wrong. */
final class UpgradeHooks {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeHooks.class);
  private static final long LOOK_MILLIS = 20;

  private final ServiceBroker broker;
  private final Pulse pulse;
  private final Duration deadline;
  private final Duration migration;

  /**
   * Hooks of the bundles that the broker knows.
   *
   * @param deadline for a hook to come, and to answer
   * @param migration for files to be migrated
   */
  UpgradeHooks(ServiceBroker broker, Pulse pulse, Duration deadline, Duration migration) {
    this.broker = broker;
    this.pulse = pulse;
    this.deadline = deadline;
    this.migration = migration;
  }

  private interface Question {
    void ask(UpgradeHook hook) throws Exception;
  }

  /** What a hook is called, and the code of its refusal. */
  private record Topic(String method, String code, String next) {}

  private static final Topic BEFORE_UPGRADE =
      new Topic("beforeUpgrade", "LADANG-SWAP-025", "The version that serves does not want to go.");
  private static final Topic MIGRATE =
      new Topic("migrate", "LADANG-SWAP-026", "Mend the migration and drop the bundle again.");
  private static final Topic AFTER_UPGRADE =
      new Topic("afterUpgrade", "LADANG-SWAP-028", "Mend it and drop the bundle again.");
  private static final Topic BEFORE_REMOVE =
      new Topic(
          "beforeRemove", "LADANG-SWAP-029", "Deleting its file removes the plugin all the same.");
  private static final Topic CANCELLED = new Topic("its compensation", "", "");

  void beforeUpgrade(Resident.Occupant serving, String to) {
    String from = serving.passport().version();
    ask(serving, BEFORE_UPGRADE, deadline, hook -> hook.beforeUpgrade(from, to));
  }

  void upgradeCancelled(Resident.Occupant serving, String to) {
    String from = serving.passport().version();
    tell(serving, hook -> hook.upgradeCancelled(from, to));
  }

  /** Waits for the new version's hook and lets it migrate. */
  void migrate(Resident.Occupant next, String from, Path copy) {
    await(next);
    String to = next.passport().version();
    ask(next, MIGRATE, migration, hook -> hook.migrate(from, to, copy));
  }

  /** Why the new version must go again; empty where all is well. */
  Optional<LadangException> afterUpgrade(Resident.Occupant next, String from) {
    try {
      String to = next.passport().version();
      ask(next, AFTER_UPGRADE, deadline, hook -> hook.afterUpgrade(from, to));
      return Optional.empty();
    } catch (LadangException e) {
      return Optional.of(e);
    }
  }

  void beforeRemove(Resident.Occupant serving) {
    ask(serving, BEFORE_REMOVE, deadline, UpgradeHook::beforeRemove);
  }

  void removeCancelled(Resident.Occupant serving) {
    tell(serving, UpgradeHook::removeCancelled);
  }

  private void tell(Resident.Occupant serving, Question question) {
    try {
      ask(serving, CANCELLED, deadline, question);
    } catch (LadangException e) {
      LOG.warn("{}", e.getMessage(), e.getCause());
    }
  }

  private void ask(Resident.Occupant bundle, Topic topic, Duration limit, Question question) {
    String who = bundle.passport().name() + " " + bundle.passport().version();
    for (UpgradeHook hook : hooks(bundle)) {
      try {
        Asked.under(
            limit,
            "ladang-hook-" + bundle.passport().name(),
            () -> {
              question.ask(hook);
              return null;
            });
      } catch (TimeoutException e) {
        throw refusal(
            topic,
            who
                + " was asked by "
                + topic.method()
                + " and did not answer within "
                + Prover.seconds(limit)
                + ".",
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw refusal(topic, who + " was not waited for.", e);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        throw refusal(
            topic,
            who + " says no by " + topic.method() + ": " + said + (said.endsWith(".") ? "" : "."),
            cause);
      }
    }
  }

  private static LadangException refusal(Topic topic, String sentence, Throwable cause) {
    return new LadangException(topic.code(), sentence, cause).next(topic.next());
  }

  private List<UpgradeHook> hooks(Resident.Occupant bundle) {
    if (bundle.bundle() == null) {
      return List.of();
    }
    return broker.raw(bundle.bundle()).stream()
        .map(raw -> raw.service())
        .filter(UpgradeHook.class::isInstance)
        .map(UpgradeHook.class::cast)
        .toList();
  }

  /** A component that is to migrate may take a moment to come, but it may not wait for what comes after it. */
  private void await(Resident.Occupant next) {
    long end = System.nanoTime() + deadline.toNanos();
    while (hooks(next).isEmpty()) {
      long seen = pulse.beats();
      Optional<LadangException> failure = broker.failure(next.bundle());
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (System.nanoTime() >= end) {
        throw new LadangException(
                "LADANG-SWAP-027",
                next.passport().name()
                    + " "
                    + next.passport().version()
                    + " declares a migration, but no UpgradeHook of it came within "
                    + Prover.seconds(deadline)
                    + ".")
            .next("Publish an UpgradeHook whose component does not ask for PluginContext.");
      }
      try {
        pulse.await(seen, LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LadangException(
            "LADANG-SWAP-009", next.passport().name() + " was not waited for.", e);
      }
    }
  }
}
