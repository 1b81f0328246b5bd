package org.ladang.bench.micro;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An action of a plugin, called through the real gate with JSON in and out, beside the same method called directly. */
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class GateBenchmark {
  record Order(String item, String buyer, int pieces, double price, boolean express) {}

  record Receipt(String item, String buyer, int pieces, double total, boolean express) {}

  private Gate gate;
  private CallContext context;
  private Map<String, Object> arguments;
  private Order order;

  /** Takes the gate out of the framework. */
  @Setup
  public void prepare(FieldState field) {
    gate = field.gate();
    context = context();
    arguments =
        Map.of(
            "order",
            Map.of("item", "seed", "buyer", "farmer", "pieces", 12, "price", 2.5, "express", true));
    order = new Order("seed", "farmer", 12, 2.5, true);
  }

  /** The method itself. */
  @Benchmark
  public Object direct() {
    return take(order);
  }

  /** Through the gate. */
  @Benchmark
  public Object gate() {
    return gate.call(context, "bench:order", arguments);
  }

  /** Through the gate with a context made for the call, as a door makes it. */
  @Benchmark
  public Object gateWithNewContext() {
    return gate.call(context(), "bench:order", arguments);
  }

  private static CallContext context() {
    return CallContext.of(Principal.SYSTEM, "local", "bench", Instant.now().plusSeconds(3600));
  }

  private static Receipt take(Order order) {
    return new Receipt(
        order.item(),
        order.buyer(),
        order.pieces(),
        order.pieces() * order.price(),
        order.express());
  }
}
