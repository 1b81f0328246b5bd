package org.ladang.breaker.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ladang.breaker.BreakerSettings;
import org.ladang.kernel.LadangException;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the policies of plugins. */
@ObjectClassDefinition(
    name = "Policies of plugins",
    description =
        "When the gate stops calling a plugin that keeps failing, and who stands in for it.")
public @interface PluginConfig {
  /** On. */
  @AttributeDefinition(
      name = "Plugins",
      description = "Whether calls of plugins have policies at all.")
  boolean plugins() default true;

  /** Failures. */
  @AttributeDefinition(
      name = "Failures in a row",
      description = "So many failures one after the other open a plugin's breaker.",
      min = "1")
  int consecutiveFailures() default 5;

  /** Wait. */
  @AttributeDefinition(
      name = "Wait",
      description =
          "Milliseconds for which a plugin's breaker stays open before calls pass on trial.",
      min = "1")
  long waitMillis() default 60_000;

  /** Lease. */
  @AttributeDefinition(
      name = "Lease",
      description = "Milliseconds after which a call on trial that is not back counts as failed.",
      min = "1")
  long leaseMillis() default 60_000;

  /** Failure codes. */
  @AttributeDefinition(
      name = "Failure codes",
      description = "Codes of sentences that count as failures; others are answers, not failures.",
      required = false)
  String[] failureCodes() default {};

  /** Fallbacks. */
  @AttributeDefinition(
      name = "Fallbacks",
      description = "Which plugin stands in for which, for example wells=springs.",
      required = false)
  String[] fallbacks() default {};

  /** Degraded. */
  @AttributeDefinition(
      name = "Degraded answers",
      description = "What is answered when nobody can, by action: wells:depth={\"metres\":0}.",
      required = false)
  String[] degraded() default {};

  /** Makes settings of it. */
  final class Reader {
    private Reader() {}

    static PluginCalls.Settings read(PluginConfig config) {
      Map<String, String> fallbacks = pairs("fallbacks", config.fallbacks());
      Map<String, Object> degraded = new HashMap<>();
      pairs("degraded", config.degraded())
          .forEach((action, text) -> degraded.put(action, json(action, text)));
      BreakerSettings usual =
          BreakerSettings.USUAL.after(
              config.consecutiveFailures(), Duration.ofMillis(config.waitMillis()));
      return new PluginCalls.Settings(
          config.plugins(),
          new BreakerSettings(
              usual.consecutiveFailures(),
              0,
              0,
              usual.slowAfter(),
              usual.window(),
              usual.minimumCalls(),
              usual.openFor(),
              usual.halfOpenCalls(),
              usual.successesToClose(),
              Duration.ofMillis(config.leaseMillis()),
              List.of()),
          List.of(config.failureCodes()),
          fallbacks,
          degraded);
    }

    private static Map<String, String> pairs(String key, String[] lines) {
      Map<String, String> pairs = new HashMap<>();
      for (String line : lines) {
        int at = line.indexOf('=');
        if (at <= 0) {
          throw bad(key, line, null);
        }
        pairs.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
      }
      return pairs;
    }

    private static Object json(String action, String text) {
      try {
        return JSON.std.anyFrom(text);
      } catch (IOException e) {
        throw bad("degraded", action + "=" + text, e);
      }
    }

    private static LadangException bad(String key, String line, Exception cause) {
      return new LadangException(
              "LADANG-BREAKER-002",
              "The setting " + key + " of the breaker room has a line that cannot be used: " + line,
              cause)
          .next("Write NAME=VALUE; a degraded answer is JSON.");
    }
  }
}
