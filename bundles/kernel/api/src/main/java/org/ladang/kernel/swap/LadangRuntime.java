package org.ladang.kernel.swap;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The state of the whole runtime. */
@ProviderType
public interface LadangRuntime {
  /** Whether the start has ended: every subsystem active, every plugin active, ready or refused. */
  boolean ready();

  /** The line that says so: {@code Ladang 0.1.0 ready in 1234 ms: 7 subsystems, 2 plugins (0 refused)}. */
  Optional<String> readyLine();

  /** How long the process has run. */
  Duration uptime();

  /** Stops the runtime in good order, on a thread of its own; returns at once. */
  void stop();
}
