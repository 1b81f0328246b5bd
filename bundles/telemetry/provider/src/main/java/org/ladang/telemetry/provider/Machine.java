package org.ladang.telemetry.provider;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the JVM and the disk of the data are. For one thread at a time. */
final class Machine {
  private static final double MEBIBYTE = 1024 * 1024;

  private final Path data;
  private Duration cpu = used();

  Machine(Path data) {
    this.data = data;
  }

  /**
   * By owner and series.
   *
   * @param seconds since the last time
   */
  Map<String, Map<String, Double>> take(double seconds) throws IOException {
    Map<String, Double> jvm = new LinkedHashMap<>();
    Duration now = used();
    jvm.put("jvm.cpu", Math.max(0, now.minus(cpu).toNanos() / 1e9 / seconds));
    cpu = now;
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    jvm.put("jvm.heap_mib", heap.getUsed() / MEBIBYTE);
    if (heap.getMax() > 0) {
      jvm.put("jvm.heap_max_mib", heap.getMax() / MEBIBYTE);
    }
    jvm.put("jvm.threads", (double) ManagementFactory.getThreadMXBean().getThreadCount());
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load >= 0) {
      jvm.put("jvm.system_load", load);
    }
    FileStore store = Files.getFileStore(data);
    long total = store.getTotalSpace();
    Map<String, Double> disk = new LinkedHashMap<>();
    disk.put("disk.free_mib", store.getUsableSpace() / MEBIBYTE);
    if (total > 0) {
      disk.put("disk.used_percent", 100.0 * (total - store.getUsableSpace()) / total);
    }
    return Map.of("jvm", jvm, "disk", disk);
  }

  private static Duration used() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
