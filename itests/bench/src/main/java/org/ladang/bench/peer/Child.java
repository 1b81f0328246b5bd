package org.ladang.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process that is measured; Linux, by /proc. It is ended whatever happens. */
public final class Child implements AutoCloseable {
  // USER_HZ, which has been 100 on every Linux that runs a JDK 17.
  private static final double TICKS = 100;
  private static final Duration STOP = Duration.ofSeconds(40);

  private final Process process;
  private final Path output;
  private final long began = System.nanoTime();

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command; what it prints goes to that file. */
  public static Child start(
      Path folder, Path output, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Child child = new Child(builder.start(), output);
      child.process.getOutputStream().close();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the condition holds, asking at that interval. */
  public void await(String what, Duration deadline, Duration interval, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String ended = process.isAlive() ? "" : ", the process has ended";
        close();
        throw new IllegalStateException(what + " did not come" + ended + ":\n" + tail());
      }
      LockSupport.parkNanos(interval.toNanos());
    }
  }

  /** CPU seconds of the process since it was started: user and system. */
  public double cpuSeconds() {
    String stat = read("stat");
    // The name in parentheses may hold blanks: fields are counted from behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /** Resident memory in MB (10^6 bytes would flatter: these are 2^20). */
  public double residentMegabytes() {
    return read("status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Seconds since it was started. */
  public double wallSeconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  public long pid() {
    return process.pid();
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
