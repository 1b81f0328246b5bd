package org.ladang.bench.api;

/** What a plugin offers to others in these benchmarks; shared between the framework and its measurer. */
public interface Greeter {
  /** Answers without doing anything worth a nanosecond. */
  String greet(String name);

  /** The same for numbers. */
  int add(int a, int b);
}
