package org.ladang.breaker.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.breaker.Adaptive;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.Degradation;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.RetrySettings;

/** Settings as JSON-shaped values, for the room's state. Times are milliseconds. */
final class Shapes {
  private Shapes() {}

  static Map<String, Object> of(PolicySettings policy) {
    Map<String, Object> map = new LinkedHashMap<>();
    BreakerSettings breaker = policy.breaker();
    map.put("consecutiveFailures", breaker.consecutiveFailures());
    map.put("failureRate", breaker.failureRate());
    map.put("slowRate", breaker.slowRate());
    map.put("slowAfter", breaker.slowAfter().toMillis());
    map.put("window", breaker.window());
    map.put("minimumCalls", breaker.minimumCalls());
    map.put("openFor", breaker.openFor().toMillis());
    map.put("halfOpenCalls", breaker.halfOpenCalls());
    map.put("successesToClose", breaker.successesToClose());
    map.put("lease", breaker.lease().toMillis());
    map.put("ignored", breaker.ignored());
    RetrySettings retry = policy.retry();
    map.put("attempts", retry.attempts());
    map.put("baseDelay", retry.baseDelay().toMillis());
    map.put("maximumDelay", retry.maximumDelay().toMillis());
    map.put("multiplier", retry.multiplier());
    map.put("jitter", retry.jitter());
    map.put("budgetShare", retry.budgetShare());
    map.put("budgetPerSecond", retry.budgetPerSecond());
    LimitSettings limits = policy.limits();
    map.put("callsPerSecond", limits.callsPerSecond());
    map.put("rateWait", limits.rateWait().toMillis());
    map.put("concurrent", limits.concurrent());
    map.put("concurrentWait", limits.concurrentWait().toMillis());
    map.put("timeLimit", limits.timeLimit().toMillis());
    map.put("adaptive", limits.adaptive().name());
    map.put("observe", limits.observe());
    map.put("degraded", policy.degraded().kind().name());
    map.put("degradedValue", policy.degraded().value());
    map.put("degradedAction", policy.degraded().action());
    return map;
  }

  static PolicySettings settings(String name, Map<?, ?> map) {
    return new PolicySettings(
        name,
        new BreakerSettings(
            whole(map, "consecutiveFailures"),
            number(map, "failureRate"),
            number(map, "slowRate"),
            millis(map, "slowAfter"),
            whole(map, "window"),
            whole(map, "minimumCalls"),
            millis(map, "openFor"),
            whole(map, "halfOpenCalls"),
            whole(map, "successesToClose"),
            millis(map, "lease"),
            ((List<?>) map.get("ignored")).stream().map(Object::toString).toList()),
        new RetrySettings(
            whole(map, "attempts"),
            millis(map, "baseDelay"),
            millis(map, "maximumDelay"),
            number(map, "multiplier"),
            number(map, "jitter"),
            number(map, "budgetShare"),
            number(map, "budgetPerSecond")),
        new LimitSettings(
            whole(map, "callsPerSecond"),
            millis(map, "rateWait"),
            whole(map, "concurrent"),
            millis(map, "concurrentWait"),
            millis(map, "timeLimit"),
            Adaptive.valueOf(text(map, "adaptive")),
            (Boolean) map.get("observe")),
        new Degradation(
            Degradation.Kind.valueOf(text(map, "degraded")),
            map.get("degradedValue"),
            text(map, "degradedAction")));
  }

  private static int whole(Map<?, ?> map, String key) {
    return ((Number) map.get(key)).intValue();
  }

  private static double number(Map<?, ?> map, String key) {
    return ((Number) map.get(key)).doubleValue();
  }

  private static Duration millis(Map<?, ?> map, String key) {
    return Duration.ofMillis(((Number) map.get(key)).longValue());
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key).toString();
  }
}
