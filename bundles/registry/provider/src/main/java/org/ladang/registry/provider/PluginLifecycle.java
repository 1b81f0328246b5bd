package org.ladang.registry.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.TargetLifecycle;
import org.ladang.registry.Plugin;
import org.ladang.registry.PluginInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Initializes a bare plugin before its first call and cleans up after its last one. */
@Component(service = TargetLifecycle.class)
@Designate(ocd = PluginLifecycle.Config.class)
public final class PluginLifecycle implements TargetLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(PluginLifecycle.class);

  /** Deadlines of the bare contract. */
  @ObjectClassDefinition(
      name = "Ladang registry: bare plugins",
      description = "How long a bare plugin may take to come and to go.")
  public @interface Config {
    @AttributeDefinition(
        name = "Initialize, milliseconds",
        description =
            "How long a plugin may take to initialize; one that takes longer is refused and its former version serves on.")
    long initialize_millis() default 10_000;

    @AttributeDefinition(
        name = "Clean up, milliseconds",
        description = "How long a plugin may take to clean up before it is stopped all the same.")
    long cleanup_millis() default 5_000;
  }

  private final Home home;
  private final Duration initialize;
  private final Duration cleanup;

  @Activate
  public PluginLifecycle(@Reference Home home, Config config) {
    this(
        home,
        Duration.ofMillis(config.initialize_millis()),
        Duration.ofMillis(config.cleanup_millis()));
  }

  PluginLifecycle(Home home, Duration initialize, Duration cleanup) {
    this.home = home;
    this.initialize = initialize;
    this.cleanup = cleanup;
  }

  @Override
  public void beforeLive(Passport passport, Object target) {
    if (!(target instanceof Plugin plugin)) {
      return;
    }
    try {
      PluginInfo info = info(passport);
      Stages.await(() -> plugin.initialize(info), initialize);
    } catch (TimeoutException e) {
      throw new LadangException(
              "LADANG-REGISTRY-004",
              passport.name()
                  + " "
                  + passport.version()
                  + " did not finish initialize() within "
                  + initialize.toMillis()
                  + " ms.",
              e)
          .next("Do long work after the stage is complete, or raise initialize.millis.");
    } catch (ExecutionException e) {
      throw Stages.asLadang(
          e.getCause(),
          "LADANG-REGISTRY-005",
          passport.name() + " " + passport.version() + " failed in initialize()");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LadangException(
          "LADANG-REGISTRY-004",
          passport.name() + " " + passport.version() + " was interrupted in initialize().",
          e);
    }
  }

  @Override
  public void afterRetired(Passport passport, Object target) {
    if (!(target instanceof Plugin plugin)) {
      return;
    }
    try {
      Stages.await(plugin::cleanup, cleanup);
    } catch (TimeoutException e) {
      LOG.atWarn()
          .addKeyValue("plugin", passport.name())
          .addKeyValue("millis", cleanup.toMillis())
          .log("cleanup() did not finish in time; the plugin is stopped all the same");
    } catch (ExecutionException e) {
      LOG.atWarn()
          .addKeyValue("plugin", passport.name())
          .setCause(e.getCause())
          .log("cleanup() failed; the plugin is stopped all the same");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PluginInfo info(Passport passport) {
    Path folder = home.data().resolve("plugins").resolve(passport.name());
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-REGISTRY-006",
              "The data folder of " + passport.name() + " cannot be made: " + e.getMessage() + ".",
              e)
          .next("Check the disk and the rights of data/plugins.");
    }
    return new PluginInfo(passport.name(), passport.version(), folder);
  }
}
