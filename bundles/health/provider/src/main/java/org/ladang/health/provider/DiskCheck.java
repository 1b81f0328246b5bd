package org.ladang.health.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.kernel.Home;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whether what must survive still has room on its disk. */
@Component(
    service = HealthCheck.class,
    configurationPid = "org.ladang.health.disk",
    property = {HealthCheck.NAME + "=Disk", HealthCheck.TAGS + "=disk"})
@Designate(ocd = DiskCheck.Config.class)
public final class DiskCheck implements HealthCheck {
  /** Settings. */
  @ObjectClassDefinition(
      name = "Disk check",
      description = "How much room there must be on the disk of the folder data.")
  public @interface Config {
    /** Below this it is degraded. */
    @AttributeDefinition(
        name = "Degraded below",
        description = "Mebibytes of free space below which the disk is degraded.",
        min = "0")
    long degradedBelowMebibytes() default 512;

    /** Below this it is unhealthy. */
    @AttributeDefinition(
        name = "Unhealthy below",
        description = "Mebibytes of free space below which the disk is unhealthy.",
        min = "0")
    long unhealthyBelowMebibytes() default 64;
  }

  /** Tells how many bytes are free. */
  interface Space {
    long usable() throws IOException;
  }

  private static final long MEBIBYTE = 1024 * 1024;

  private final Space space;
  private final Config config;

  @Activate
  public DiskCheck(@Reference Home home, Config config) {
    this(() -> Files.getFileStore(home.data()).getUsableSpace(), config);
  }

  DiskCheck(Space space, Config config) {
    this.space = space;
    this.config = config;
  }

  @Override
  public Result execute() {
    long free;
    try {
      free = space.usable() / MEBIBYTE;
    } catch (IOException e) {
      return new Result(
          Result.Status.CRITICAL, "The disk of the folder data cannot be asked for its space.", e);
    }
    Result.Status status =
        free < config.unhealthyBelowMebibytes()
            ? Result.Status.CRITICAL
            : free < config.degradedBelowMebibytes() ? Result.Status.WARN : Result.Status.OK;
    return new Result(
        status,
        String.format(Locale.ROOT, "%,d MiB are free on the disk of the folder data.", free));
  }
}
