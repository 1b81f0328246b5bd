package org.ladang.balancer.provider;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.LoadReport;
import org.ladang.kernel.Clock;

/**
 * An endpoint of a pool and what is known of it. Calls read and count without a lock; everything about its state is
 * written under the pool's lock.
 */
final class Target implements Candidate {
  private static final double OF_CPU = 0.5;
  private static final double OF_MEMORY = 0.3;
  private static final double OF_QUEUE = 0.2;

  private record Report(double load, long until) {}

  private final Clock clock;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong memory = new AtomicLong();
  private final AtomicInteger failedInARow = new AtomicInteger();
  private final AtomicReference<Report> report = new AtomicReference<>();
  private volatile boolean available = true;

  final LongAdder picked = new LongAdder();
  final LongAdder good = new LongAdder();
  final LongAdder bad = new LongAdder();
  final LongAdder nanos = new LongAdder();

  volatile Endpoint endpoint;
  volatile double ramp = 1;
  volatile double weight;

  // Under the pool's lock.
  boolean draining;
  boolean runOut;
  boolean down;
  String downBecause = "";
  boolean ejected;
  String ejectedBecause = "";
  long ejectedUntil;
  int ejections;
  long quietSince;
  long warmingSince;
  long goodBefore;
  long badBefore;

  Target(Endpoint endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
    weight = endpoint.weight();
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double ramp() {
    return ramp;
  }

  @Override
  public boolean available() {
    return available;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public double load() {
    // The clock is not read here, on the path of calls: the tick throws old reports away.
    Report last = report.get();
    return last == null ? -1 : last.load;
  }

  @Override
  public long memory() {
    return memory.get();
  }

  @Override
  public boolean memory(long expected, long update) {
    return memory.compareAndSet(expected, update);
  }

  void forget() {
    memory.set(0);
  }

  void begin() {
    inFlight.incrementAndGet();
    picked.increment();
  }

  /** Whether a call was under way; one that began before the room was replaced is not known here. */
  boolean end() {
    int now;
    do {
      now = inFlight.get();
      if (now == 0) {
        return false;
      }
    } while (!inFlight.compareAndSet(now, now - 1));
    return true;
  }

  /** Counts a call that succeeded. */
  void wentWell(long took) {
    good.increment();
    nanos.add(took);
    if (failedInARow.get() != 0) {
      failedInARow.set(0);
    }
  }

  /** Counts some that were made on the word of an earlier pick, and succeeded. */
  void madeWell(int times, long took) {
    picked.add(times);
    good.add(times);
    nanos.add(times * took);
    if (failedInARow.get() != 0) {
      failedInARow.set(0);
    }
  }

  /** Counts one that failed, and says how many in a row that makes. */
  int wentWrong(long took) {
    bad.increment();
    nanos.add(took);
    return failedInARow.incrementAndGet();
  }

  void clearRow() {
    failedInARow.set(0);
  }

  /** What the next provider is told of it. */
  Ledger.Line line() {
    long left = TimeUnit.NANOSECONDS.toMillis(ejectedUntil - clock.nanos());
    return new Ledger.Line(
        picked.sum(),
        good.sum(),
        bad.sum(),
        nanos.sum(),
        ejections,
        ejected ? clock.now().toEpochMilli() + Math.max(1, left) : 0,
        ejectedBecause,
        down,
        downBecause);
  }

  /** Takes what the former provider knew. */
  void recall(Ledger.Line line) {
    count(line);
    ejections = line.ejections();
    ejected = line.ejectedUntil() > 0;
    ejectedBecause = line.ejectedBecause();
    ejectedUntil =
        clock.nanos()
            + TimeUnit.MILLISECONDS.toNanos(line.ejectedUntil() - clock.now().toEpochMilli());
    down = line.isDown();
    downBecause = line.down();
  }

  void count(Ledger.Line line) {
    picked.add(line.picked());
    good.add(line.good());
    bad.add(line.bad());
    nanos.add(line.nanos());
  }

  void report(LoadReport said, long life) {
    double load = OF_CPU * said.cpu() + OF_MEMORY * said.memory() + OF_QUEUE * said.queue();
    report.set(new Report(load, clock.nanos() + life));
  }

  /** Called by the tick: a report that is too old is believed no more. */
  void forgetOldReport() {
    Report last = report.get();
    if (last != null && clock.nanos() - last.until > 0) {
      report.compareAndSet(last, null);
    }
  }

  Optional<Double> reported() {
    double load = load();
    return load < 0 ? Optional.empty() : Optional.of(load);
  }

  void available(boolean is) {
    available = is;
  }

  /** Sets how far it has warmed; whether that changed anything. */
  boolean ramp(double to) {
    double before = weight;
    ramp = to;
    weight = endpoint.weight() * to;
    return weight != before;
  }

  boolean well() {
    return !down && !ejected;
  }
}
