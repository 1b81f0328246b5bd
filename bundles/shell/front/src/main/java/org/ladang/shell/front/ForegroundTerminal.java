package org.ladang.shell.front;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ladang.kernel.Event;
import org.ladang.kernel.EventListener;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.swap.LadangRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Gogo's terminal when the runtime is ready, and only where {@code ladang.interactive=true}: that bundle shows a
 * prompt as soon as it starts and stops the framework at the end of the input, which is right for a person in front of
 * it and wrong for everybody else.
 */
@Component(service = EventListener.class, immediate = true)
public final class ForegroundTerminal implements EventListener {
  static final String BUNDLE = "org.apache.felix.gogo.jline";
  static final String SWITCH = "ladang.interactive";
  private static final String JLINE = "org.jline.terminal.TerminalBuilder";
  private static final Logger log = LoggerFactory.getLogger(ForegroundTerminal.class);

  private final BundleContext context;
  private final Scheduler scheduler;
  private final boolean wanted;
  private final AtomicBoolean begun = new AtomicBoolean();

  @Activate
  public ForegroundTerminal(
      BundleContext context, @Reference LadangRuntime runtime, @Reference Scheduler scheduler) {
    this.context = context;
    this.scheduler = scheduler;
    this.wanted = Boolean.parseBoolean(context.getProperty(SWITCH));
    if (runtime.ready()) {
      begin();
    }
  }

  @Override
  public void onEvent(Event event) {
    if (event.type().equals("ladang.ready")) {
      begin();
    }
  }

  @Deactivate
  void close() {
    begun.set(
        true); // What has not begun must not begin any more; what has is stopped by the framework.
  }

  private void begin() {
    if (wanted && begun.compareAndSet(false, true)) {
      // Starting a terminal takes tenths of a second: not on the thread that brings events to
      // everybody.
      scheduler.after(Duration.ZERO, "ladang-terminal", this::start);
    }
  }

  private void start() {
    Optional<Bundle> terminal =
        Arrays.stream(context.getBundles())
            .filter(bundle -> BUNDLE.equals(bundle.getSymbolicName()))
            .findFirst();
    if (terminal.isEmpty()) {
      log.warn("There is no prompt: the bundle {} is not installed.", BUNDLE);
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      // JLine finds its terminals by the thread's class loader, which knows no bundle.
      thread.setContextClassLoader(terminal.get().loadClass(JLINE).getClassLoader());
      terminal.get().start(Bundle.START_TRANSIENT);
    } catch (BundleException | ClassNotFoundException e) {
      log.warn("There is no prompt: the bundle {} does not start.", BUNDLE, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
