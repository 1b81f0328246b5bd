package org.ladang.breaker.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ladang.breaker.Adaptive;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.PolicySource;
import org.ladang.breaker.RetrySettings;
import org.ladang.kernel.LadangException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A policy from the configuration {@code org.ladang.breaker.policy~NAME}. Without any there is one instance without a
 * name, which brings nothing: a component that insists on a configuration would keep the room waiting for one.
 */
@Component(
    service = PolicySource.class,
    configurationPid = "org.ladang.breaker.policy",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = ConfiguredPolicy.Config.class, factory = true)
public final class ConfiguredPolicy implements PolicySource {
  /** Settings. */
  @ObjectClassDefinition(
      name = "Policy",
      description =
          "How calls under one policy are protected. The instance's name is the policy's.")
  public @interface Config {
    /** Name. */
    @AttributeDefinition(
        name = "Name",
        description = "The policy's name, where it is not the instance's; may contain slashes.",
        required = false)
    String name() default "";

    /** Failures in a row. */
    @AttributeDefinition(
        name = "Failures in a row",
        description = "So many failures one after the other open the breaker; 0 switches that off.",
        min = "0")
    int consecutiveFailures() default 5;

    /** Failure rate. */
    @AttributeDefinition(
        name = "Failure rate",
        description =
            "Opens when this share of the calls in the window failed; 0 switches that off.")
    double failureRate() default 0.5;

    /** Slow rate. */
    @AttributeDefinition(
        name = "Slow rate",
        description =
            "Opens when this share of the calls in the window was slow; 0 switches that off.")
    double slowRate() default 0;

    /** Slow after. */
    @AttributeDefinition(
        name = "Slow after",
        description = "Milliseconds after which a call is slow.",
        min = "1")
    long slowAfterMillis() default 10_000;

    /** Window. */
    @AttributeDefinition(name = "Window", description = "How many calls are looked at.", min = "1")
    int window() default 100;

    /** Fewest calls. */
    @AttributeDefinition(
        name = "Fewest calls",
        description = "Shares count only from so many calls on.",
        min = "1")
    int minimumCalls() default 20;

    /** Wait. */
    @AttributeDefinition(
        name = "Wait",
        description = "Milliseconds for which the breaker stays open before calls pass on trial.",
        min = "1")
    long waitMillis() default 60_000;

    /** Calls on trial. */
    @AttributeDefinition(
        name = "Calls on trial",
        description = "At most so many calls pass on trial at a time.",
        min = "1")
    int halfOpenCalls() default 2;

    /** Successes to close. */
    @AttributeDefinition(
        name = "Successes to close",
        description = "So many successful trials close the breaker.",
        min = "1")
    int successesToClose() default 2;

    /** Lease. */
    @AttributeDefinition(
        name = "Lease",
        description = "Milliseconds after which a call on trial that is not back counts as failed.",
        min = "1")
    long leaseMillis() default 30_000;

    /** Ignored. */
    @AttributeDefinition(
        name = "Ignored",
        description = "Codes or exception classes that are no failures; * at the end for the rest.")
    String[] ignored() default {
      "LADANG-GATE-001", "LADANG-GATE-002", "LADANG-GATE-003", "LADANG-BREAKER-*"
    };

    /** Attempts. */
    @AttributeDefinition(
        name = "Attempts",
        description = "How often an idempotent call is tried at the most; 1 switches retries off.",
        min = "1",
        max = "20")
    int attempts() default 3;

    /** Base delay. */
    @AttributeDefinition(
        name = "Base delay",
        description = "Milliseconds before the first retry.",
        min = "0")
    long baseDelayMillis() default 100;

    /** Maximum delay. */
    @AttributeDefinition(
        name = "Maximum delay",
        description = "Milliseconds that no pause exceeds.",
        min = "0")
    long maximumDelayMillis() default 2000;

    /** Multiplier. */
    @AttributeDefinition(
        name = "Multiplier",
        description = "Each further pause is so many times as long.")
    double multiplier() default 2;

    /** Jitter. */
    @AttributeDefinition(
        name = "Jitter",
        description = "A pause is that share shorter or longer, by chance.")
    double jitter() default 0.5;

    /** Budget. */
    @AttributeDefinition(
        name = "Retry budget",
        description =
            "Retries are at most this share of the calls, and some in a second beyond it.")
    double budgetShare() default 0.2;

    /** Budget per second. */
    @AttributeDefinition(
        name = "Retries per second",
        description = "So many retries in a second are allowed beyond the share.")
    double budgetPerSecond() default 10;

    /** Rate. */
    @AttributeDefinition(
        name = "Calls per second",
        description = "How many calls may begin within a second; 0 for any number.",
        min = "0")
    int callsPerSecond() default 0;

    /** Rate wait. */
    @AttributeDefinition(
        name = "Wait for the rate",
        description = "Milliseconds for which a call waits for its turn.",
        min = "0")
    long rateWaitMillis() default 0;

    /** Concurrent. */
    @AttributeDefinition(
        name = "Calls at a time",
        description = "How many calls may be under way; 0 for any number.",
        min = "0")
    int concurrent() default 0;

    /** Concurrent wait. */
    @AttributeDefinition(
        name = "Wait for a place",
        description = "Milliseconds for which a call waits for a place.",
        min = "0")
    long concurrentWaitMillis() default 0;

    /** Time limit. */
    @AttributeDefinition(
        name = "Time limit",
        description = "Milliseconds that a call may take; 0 for no limit.",
        min = "0")
    long timeLimitMillis() default 0;

    /** Adaptive. */
    @AttributeDefinition(
        name = "Adaptive",
        description = "How the number of calls at a time is found: OFF, AIMD or GRADIENT.")
    Adaptive adaptive() default Adaptive.OFF;

    /** Observe. */
    @AttributeDefinition(
        name = "Observe",
        description = "Whether the number that was found is only shown and refuses nobody.")
    boolean observe() default false;

    /** Degraded. */
    @AttributeDefinition(
        name = "Degraded answer",
        description = "What is answered when nothing else can: NONE, VALUE, ACTION or SIMPLIFIED.")
    Degradation.Kind degraded() default Degradation.Kind.NONE;

    /** Degraded value. */
    @AttributeDefinition(
        name = "Degraded value",
        description = "The answer as JSON, for VALUE.",
        required = false)
    String degradedValue() default "";

    /** Degraded action. */
    @AttributeDefinition(
        name = "Degraded action",
        description = "The action that answers, for ACTION.",
        required = false)
    String degradedAction() default "";
  }

  private final List<PolicySettings> policies;

  /** Made by DS. */
  @Activate
  public ConfiguredPolicy(Config config, Map<String, Object> properties) {
    String name = name(config, String.valueOf(properties.get("service.pid")));
    policies = name.isEmpty() ? List.of() : List.of(settings(name, config));
  }

  @Override
  public List<PolicySettings> policies() {
    return policies;
  }

  /** Without an instance's name there is none: the PID alone is nobody's. */
  private static String name(Config config, String pid) {
    int at = pid.indexOf('~');
    return !config.name().isEmpty() || at < 0 ? config.name() : pid.substring(at + 1);
  }

  private static PolicySettings settings(String name, Config config) {
    return new PolicySettings(
        name,
        new BreakerSettings(
            config.consecutiveFailures(),
            config.failureRate(),
            config.slowRate(),
            Duration.ofMillis(config.slowAfterMillis()),
            config.window(),
            Math.min(config.window(), config.minimumCalls()),
            Duration.ofMillis(config.waitMillis()),
            config.halfOpenCalls(),
            config.successesToClose(),
            Duration.ofMillis(config.leaseMillis()),
            List.of(config.ignored())),
        new RetrySettings(
            config.attempts(),
            Duration.ofMillis(config.baseDelayMillis()),
            Duration.ofMillis(config.maximumDelayMillis()),
            config.multiplier(),
            config.jitter(),
            config.budgetShare(),
            config.budgetPerSecond()),
        new LimitSettings(
            config.callsPerSecond(),
            Duration.ofMillis(config.rateWaitMillis()),
            config.concurrent(),
            Duration.ofMillis(config.concurrentWaitMillis()),
            Duration.ofMillis(config.timeLimitMillis()),
            config.adaptive(),
            config.observe()),
        new Degradation(
            config.degraded(), json(name, config.degradedValue()), config.degradedAction()));
  }

  private static Object json(String policy, String text) {
    if (text.isBlank()) {
      return Map.of();
    }
    try {
      return JSON.std.anyFrom(text);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-BREAKER-002",
              "The setting degradedValue of the policy " + policy + " must be JSON.",
              e)
          .next("Put words into double quotes.");
    }
  }
}
