package org.ladang.kernel;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** The time, injected so that tests can drive it. Safe for any thread. */
@ProviderType
public interface Clock {
  /** The wall-clock time; may go back when the machine's clock is set. */
  Instant now();

  /** A monotonic reading in nanoseconds; only differences mean anything. */
  long nanos();
}
