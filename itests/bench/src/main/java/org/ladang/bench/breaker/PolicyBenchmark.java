package org.ladang.bench.breaker;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ladang.breaker.Adaptive;
import org.ladang.breaker.BreakerSettings;
import org.ladang.breaker.LimitSettings;
import org.ladang.breaker.Policies;
import org.ladang.breaker.PolicySettings;
import org.ladang.breaker.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call that succeeds, through a whole policy, beside the same decorators of Resilience4j composed by hand: retry, breaker
 * with a lock-free window of 100 calls, rate limit, bulkhead; and with a time limit.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class PolicyBenchmark {
  private static final int ENOUGH = 10_000_000;
  private static final int PLACES = 64;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private int count;
  private Callable<Integer> direct;
  private Callable<Integer> decorated;
  private TimeLimiter limiter;
  private ScheduledThreadPoolExecutor timer;
  private Room room;
  private Policies policies;
  private Request<Integer> request;
  private Request<CompletionStage<Integer>> stage;

  /** Makes both. */
  @Setup
  public void prepare() {
    direct = () -> count++;
    decorated = byHand(direct);
    limiter = TimeLimiter.of(LIMIT);
    timer = new ScheduledThreadPoolExecutor(1);
    timer.setRemoveOnCancelPolicy(true);
    room = new Room();
    policies = room.policies();
    LimitSettings limits =
        new LimitSettings(
            ENOUGH,
            Duration.ofSeconds(1),
            PLACES,
            Duration.ZERO,
            Duration.ZERO,
            Adaptive.OFF,
            false);
    PolicySettings settings =
        PolicySettings.usual("bench").with(BreakerSettings.USUAL).with(limits);
    policies.make(settings);
    policies.make(
        new PolicySettings(
            "limited",
            settings.breaker(),
            settings.retry(),
            limits.within(LIMIT),
            settings.degraded()));
    request = Request.idempotent(direct);
    stage = Request.idempotent(() -> CompletableFuture.completedFuture(count++));
  }

  private static Callable<Integer> byHand(Callable<Integer> call) {
    CircuitBreaker breaker =
        CircuitBreaker.of(
            "bench",
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    100,
                    20,
                    SlidingWindowType.COUNT_BASED,
                    SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .build());
    RateLimiter rate =
        RateLimiter.of(
            "bench",
            RateLimiterConfig.custom()
                .limitForPeriod(ENOUGH)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ofSeconds(1))
                .build());
    Bulkhead bulkhead =
        Bulkhead.of(
            "bench",
            BulkheadConfig.custom()
                .maxConcurrentCalls(PLACES)
                .maxWaitDuration(Duration.ZERO)
                .build());
    Retry retry = Retry.of("bench", RetryConfig.custom().maxAttempts(3).build());
    Callable<Integer> inner = Bulkhead.decorateCallable(bulkhead, call);
    inner = RateLimiter.decorateCallable(rate, inner);
    inner = CircuitBreaker.decorateCallable(breaker, inner);
    return Retry.decorateCallable(retry, inner);
  }

  /** Ends their threads. */
  @TearDown
  public void end() {
    timer.shutdownNow();
    room.close();
  }

  /** The call itself. */
  @Benchmark
  public Object direct() throws Exception {
    return direct.call();
  }

  /** Resilience4j's decorators, composed by hand. */
  @Benchmark
  public Object byHand() throws Exception {
    return decorated.call();
  }

  /** A policy; the request is made once, as the decorators are. */
  @Benchmark
  public Object policy() throws Exception {
    return policies.execute("bench", request);
  }

  /** A policy, with a request made for the call. */
  @Benchmark
  public Object policyWithNewRequest() throws Exception {
    return policies.execute("bench", Request.idempotent(direct));
  }

  /** A policy with a time limit on the caller's thread. */
  @Benchmark
  public Object policyWithTimeLimit() throws Exception {
    return policies.execute("limited", request);
  }

  /** A policy with a time limit around a stage. */
  @Benchmark
  public Object stagePolicyWithTimeLimit() {
    return policies.submit("limited", stage);
  }

  /** Resilience4j's time limiter around a stage, alone. */
  @Benchmark
  public Object timeLimiterAlone() {
    return limiter.executeCompletionStage(timer, () -> CompletableFuture.completedFuture(count++));
  }
}
