package org.ladang.health.provider;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Whether the heap has room. Looks at what was left after the last collection of each memory pool: what is in use at a
 * moment is mostly garbage and says little.
 */
@Component(
    service = HealthCheck.class,
    configurationPid = "org.ladang.health.heap",
    property = {HealthCheck.NAME + "=Heap", HealthCheck.TAGS + "=heap"})
@Designate(ocd = HeapCheck.Config.class)
public final class HeapCheck implements HealthCheck {
  /** Settings. */
  @ObjectClassDefinition(
      name = "Heap check",
      description = "How full the heap may be after a garbage collection.")
  public @interface Config {
    /** Above this it is degraded. */
    @AttributeDefinition(
        name = "Degraded above",
        description = "Percent of the largest heap above which it is degraded.",
        min = "1",
        max = "100")
    int degradedAbovePercent() default 80;

    /** Above this it is unhealthy. */
    @AttributeDefinition(
        name = "Unhealthy above",
        description = "Percent of the largest heap above which it is unhealthy.",
        min = "1",
        max = "100")
    int unhealthyAbovePercent() default 95;
  }

  private static final long MEBIBYTE = 1024 * 1024;

  private final LongSupplier kept;
  private final long max;
  private final Config config;

  @Activate
  public HeapCheck(Config config) {
    this(HeapCheck::keptByCollections, Runtime.getRuntime().maxMemory(), config);
  }

  HeapCheck(LongSupplier kept, long max, Config config) {
    this.kept = kept;
    this.max = max;
    this.config = config;
  }

  private static long keptByCollections() {
    long sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      sum += usage == null ? 0 : usage.getUsed();
    }
    return sum;
  }

  @Override
  public Result execute() {
    long used = kept.getAsLong();
    long percent = used * 100 / max;
    Result.Status status =
        percent > config.unhealthyAbovePercent()
            ? Result.Status.CRITICAL
            : percent > config.degradedAbovePercent() ? Result.Status.WARN : Result.Status.OK;
    return new Result(
        status,
        String.format(
            Locale.ROOT,
            "%,d of %,d MiB of heap (%d %%) were in use after the last collection.",
            used / MEBIBYTE,
            max / MEBIBYTE,
            percent));
  }
}
