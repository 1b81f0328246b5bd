package org.ladang.health.provider;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.ladang.health.CheckInfo;
import org.ladang.health.CheckResult;
import org.ladang.health.Health;
import org.ladang.health.Report;
import org.ladang.health.Word;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.LadangRuntime;
import org.ladang.kernel.swap.Swapper;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Asks Felix's executor, and says it in our words. */
@LadangSubsystem(name = "health", title = "Health")
@Component(service = Health.class, configurationPid = "org.ladang.health")
@Designate(ocd = FelixHealth.Config.class)
public final class FelixHealth implements Health {
  /** Settings. */
  @ObjectClassDefinition(name = "Health", description = "How health checks are run.")
  public @interface Config {
    /** How long a check may take. */
    @AttributeDefinition(
        name = "Time for a check",
        description = "Milliseconds after which a check is reported as late.",
        min = "100",
        max = "60000")
    int timeoutMillis() default 2000;
  }

  /** To leave out what nobody has is to ask for all; Felix takes an empty selector for its default tags. */
  private static final String ALL = "-ladang-no-such-tag";

  private static final Comparator<CheckResult> WORST_FIRST =
      Comparator.comparing(CheckResult::word).reversed().thenComparing(CheckResult::name);

  private final BundleContext context;
  private final HealthCheckExecutor executor;
  private final LadangRuntime runtime;
  private final Swapper swapper;
  private final Clock clock;
  private final Config config;

  @Activate
  public FelixHealth(
      BundleContext context,
      @Reference HealthCheckExecutor executor,
      @Reference LadangRuntime runtime,
      @Reference Swapper swapper,
      @Reference Clock clock,
      Config config) {
    this.context = context;
    this.executor = executor;
    this.runtime = runtime;
    this.swapper = swapper;
    this.clock = clock;
    this.config = config;
  }

  @Override
  public List<CheckInfo> checks() {
    return references().stream()
        .map(Checks::info)
        .sorted(Comparator.comparing(CheckInfo::name).thenComparing(CheckInfo::owner))
        .toList();
  }

  @Override
  public Report run(Set<String> tagsOrNames) {
    if (tagsOrNames.isEmpty()) {
      return report(execute(HealthCheckSelector.tags(ALL)));
    }
    List<CheckInfo> known = checks();
    Set<String> tags = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (String word : tagsOrNames) {
      boolean tag = known.stream().anyMatch(check -> check.tags().contains(word));
      boolean name = known.stream().anyMatch(check -> check.name().equals(word));
      if (!tag && !name) {
        throw unknown(word, known);
      }
      if (tag) {
        tags.add(escaped(word));
      }
      if (name) {
        names.add(word);
      }
    }
    return report(
        execute(
            HealthCheckSelector.tags(tags.toArray(String[]::new))
                .withNames(names.toArray(String[]::new))));
  }

  @Override
  public Readiness readiness() {
    if (!runtime.ready()) {
      return new Readiness(false, "The runtime is still starting, or is being stopped.");
    }
    return execute(HealthCheckSelector.tags(READINESS)).stream()
        .filter(result -> result.word() == Word.UNHEALTHY && !ofPlugin(result.owner()))
        .min(WORST_FIRST)
        .map(
            sick ->
                new Readiness(
                    false,
                    "The check "
                        + sick.name()
                        + " of "
                        + sick.owner()
                        + " says: "
                        + String.join(" ", sick.sentences())))
        .orElse(new Readiness(true, "The runtime is ready."));
  }

  private boolean ofPlugin(String owner) {
    return swapper.status(owner).filter(status -> status.entry().kind() == Kind.PLUGIN).isPresent();
  }

  private List<CheckResult> execute(HealthCheckSelector selector) {
    HealthCheckExecutionOptions options =
        new HealthCheckExecutionOptions()
            .setCombineTagsWithOr(true)
            .setOverrideGlobalTimeout(config.timeoutMillis());
    return executor.execute(selector, options).stream().map(Checks::result).toList();
  }

  private Report report(List<CheckResult> results) {
    Word worst = results.stream().map(CheckResult::word).reduce(Word.HEALTHY, Word::and);
    return new Report(worst, clock.now(), results.stream().sorted(WORST_FIRST).toList());
  }

  private Collection<ServiceReference<HealthCheck>> references() {
    try {
      return context.getServiceReferences(HealthCheck.class, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("No filter was given.", e);
    }
  }

  private static LadangException unknown(String word, List<CheckInfo> known) {
    Set<String> tags = new TreeSet<>();
    known.forEach(check -> tags.addAll(check.tags()));
    return new LadangException(
            "LADANG-HEALTH-001", "No health check has the tag or name " + word + ".")
        .next("health:list shows them; the tags are " + String.join(", ", tags) + ".");
  }

  /** Felix puts tags into its filter as they are. */
  private static String escaped(String tag) {
    return tag.replaceAll("([\\\\()*])", "\\\\$1");
  }
}
