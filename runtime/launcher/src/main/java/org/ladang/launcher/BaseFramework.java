package org.ladang.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.main.AutoProcessor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;

/** The framework with the base in it, from start to stop. */
@SuppressWarnings(
    "PMD.SystemPrintln") // There is no log yet, or no more: the terminal is all that hears it.
final class BaseFramework {
  /** The kernel halts the JVM after 20 s; this one is for the case that the kernel itself is not there to do it. */
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(27);

  private final Framework framework;
  private final Map<String, String> properties;
  private final HomeFolder home;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final StoppingOutput output = StoppingOutput.install();

  BaseFramework(Map<String, String> properties, HomeFolder home) {
    this.framework = new FrameworkFactory().newFramework(properties);
    this.properties = properties;
    this.home = home;
  }

  /** Starts the base and returns when the framework has stopped, by whatever hand. */
  void runUntilStopped() {
    // Threads inherit it: no bundle finds classes on our class path by accident, JLine looks into
    // its own bundle.
    Thread.currentThread().setContextClassLoader(null);
    StopSignals.call(this::stop);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "ladang-shutdown"));
    try {
      int event;
      do {
        framework.init();
        quietWhenStopping();
        AutoProcessor.process(properties, framework.getBundleContext());
        framework.start();
        if (!stopping.get()) {
          checkBase();
        }
        event = framework.waitForStop(0).getType();
      } while (event == FrameworkEvent.STOPPED_UPDATE);
    } catch (BundleException e) {
      throw new Refusal(
          Refusal.NOT_STARTED,
          "LADANG-LAUNCH-006",
          "The framework did not start: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      home.forgetRun();
    }
  }

  /** Whoever stops the framework: a signal, {@code exit} at the prompt, a bundle. */
  private void quietWhenStopping() {
    SynchronousBundleListener listener =
        event -> {
          if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            output.begin();
          }
        };
    framework.getBundleContext().addBundleListener(listener);
  }

  /** Begins to stop; returns at once. */
  private void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    Thread watch = new Thread(this::haltAtDeadline, "ladang-stop-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      framework.stop();
    } catch (BundleException e) {
      System.err.println("ladang: the framework refuses to stop: " + e.getMessage());
    }
  }

  private void stopAndWait() {
    if (framework.getState() == Bundle.RESOLVED || framework.getState() == Bundle.INSTALLED) {
      return;
    }
    stop();
    try {
      framework.waitForStop(STOP_DEADLINE.toMillis());
      home.forgetRun();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void haltAtDeadline() {
    try {
      Thread.sleep(STOP_DEADLINE.toMillis());
    } catch (InterruptedException e) {
      return;
    }
    System.err.println(
        "ladang: not stopped after "
            + STOP_DEADLINE.toSeconds()
            + " s; still running: "
            + stuckThreads());
    home.forgetRun();
    Runtime.getRuntime().halt(Refusal.STUCK);
  }

  private static String stuckThreads() {
    List<String> names = new ArrayList<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (!thread.isDaemon() && stack.length > 0) {
                names.add(thread.getName() + " in " + stack[0]);
              }
            });
    return String.join("; ", names);
  }

  /** Every bundle of the base runs, or the first that does not is refused with the framework's reason. */
  private void checkBase() throws BundleException {
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
      boolean runs = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
      if (!fragment && !runs && isStartedByBase(bundle)) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    }
  }

  private boolean isStartedByBase(Bundle bundle) {
    String quoted = '"' + bundle.getLocation() + '"';
    return properties.entrySet().stream()
        .anyMatch(e -> e.getKey().startsWith("felix.auto.start.") && e.getValue().contains(quoted));
  }
}
