package org.ladang.bench.balance;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.ladang.bench.api.Greeter;
import org.ladang.discovery.Balanced;
import org.ladang.discovery.Discovery;
import org.ladang.discovery.Route;
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
import org.osgi.framework.InvalidSyntaxException;

/**
 * A call to one of two local services through a balanced object, with the real kernel's proxies between all bundles;
 * beside a direct call, a JDK proxy, and the kernel's proxy of one service.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class DiscoveryBenchmark {
  private Greeter direct;
  private Greeter plain;
  private Greeter stable;
  private Greeter inTurn;
  private Greeter usual;
  private Greeter leastConnections;
  private String name;

  /** Takes the services out of the framework. */
  @Setup
  public void prepare(Rooms rooms) throws InvalidSyntaxException {
    direct = new Direct();
    plain =
        (Greeter)
            Proxy.newProxyInstance(
                Greeter.class.getClassLoader(),
                new Class<?>[] {Greeter.class},
                (proxy, method, arguments) -> method.invoke(direct, arguments));
    stable = rooms.proxy(Greeter.class);
    Discovery discovery = rooms.proxy(Discovery.class);
    Route all = Route.to(Greeter.class.getName());
    inTurn = Balanced.of(discovery, Greeter.class, all.by("round-robin"));
    leastConnections = Balanced.of(discovery, Greeter.class, all.by("least-connections"));
    usual = Balanced.of(discovery, Greeter.class, all);
    name = "you";
  }

  /** No proxy. */
  @Benchmark
  public Object directCall() {
    return direct.greet(name);
  }

  /** The JDK's, with reflection behind it. */
  @Benchmark
  public Object jdkProxy() {
    return plain.greet(name);
  }

  /** The kernel's, of one service. */
  @Benchmark
  public Object stableProxy() {
    return stable.greet(name);
  }

  /** One of two, in turn. */
  @Benchmark
  public Object balancedInTurn() {
    return inTurn.greet(name);
  }

  /** One of two, by calls under way. */
  @Benchmark
  public Object balancedByConnections() {
    return leastConnections.greet(name);
  }

  /** One of two, by latency: the usual. */
  @Benchmark
  public Object balancedByLatency() {
    return usual.greet(name);
  }

  private static final class Direct implements Greeter {
    @Override
    public String greet(String name) {
      return name;
    }

    @Override
    public int add(int a, int b) {
      return a + b;
    }
  }
}
