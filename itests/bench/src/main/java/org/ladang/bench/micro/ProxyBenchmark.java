package org.ladang.bench.micro;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.ladang.bench.api.Greeter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.osgi.framework.InvalidSyntaxException;

/** A call through the kernel's stable proxy, beside a JDK proxy that only passes on, and a direct call. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class ProxyBenchmark {
  private Greeter direct;
  private Greeter plain;
  private Greeter stable;
  private String name;
  private int number;

  /** Takes the proxy out of the framework. */
  @Setup
  public void prepare(FieldState field) throws InvalidSyntaxException {
    direct = new Direct();
    plain =
        (Greeter)
            Proxy.newProxyInstance(
                Greeter.class.getClassLoader(),
                new Class<?>[] {Greeter.class},
                (proxy, method, arguments) -> method.invoke(direct, arguments));
    stable = field.proxy();
    name = "you";
    number = 7;
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

  /** The kernel's. */
  @Benchmark
  public Object stableProxy() {
    return stable.greet(name);
  }

  /** The kernel's with primitive arguments. */
  @Benchmark
  public int stableProxyOfNumbers() {
    return stable.add(number, number);
  }

  /** The kernel's, from two threads at once. */
  @Benchmark
  @Threads(2)
  public Object stableProxyByTwoThreads() {
    return stable.greet(name);
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
