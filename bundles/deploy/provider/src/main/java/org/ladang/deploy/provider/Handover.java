package org.ladang.deploy.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.Swapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two providers of this room must not work on one inbox. The one that brings its own successor in leaves a note of it;
 * the successor begins when the kernel says that it serves, and the note is void when the one who wrote it takes it back
 * or its process is gone.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
  private static final String KEY = "handover";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final State state;
  private final Swapper swapper;
  private final Runnable letGo;
  private final Runnable goOn;
  private final String process;

  /**
   * @param letGo lets go of everybody who waits for something of this provider; the kernel would wait for them before it
   *     lets the successor serve, and they for the kernel
   * @param goOn is called when there is no successor after all
   */
  Handover(State state, Swapper swapper, Runnable letGo, Runnable goOn) {
    this.state = state;
    this.swapper = swapper;
    this.letGo = letGo;
    this.goOn = goOn;
    ProcessHandle self = ProcessHandle.current();
    this.process = self.pid() + "@" + self.info().startInstant().map(Object::toString).orElse("");
  }

  /** Leaves the note: that jar is about to take over. */
  void begin(String sha256) {
    state.put(KEY, Map.of("process", process, "sha256", sha256));
    letGo.run();
  }

  /** Takes the note back: there is no successor. */
  void end() {
    forget();
    goOn.run();
  }

  private void forget() {
    try {
      state.remove(KEY);
    } catch (LadangException e) {
      LOG.warn("the note of a handover could not be removed: {}", e.line());
    }
  }

  /** Whether a predecessor may still be at work. */
  boolean open() {
    Optional<Object> note = state.get(KEY);
    if (note.isEmpty() || !(note.get() instanceof Map<?, ?> written)) {
      return false;
    }
    return process.equals(written.get("process")) && !serves(String.valueOf(written.get("sha256")));
  }

  /** Whether the kernel's provider of this room is that jar already. */
  boolean serves(String sha256) {
    return swapper
        .status("deploy")
        .map(BundleStatus::entry)
        .filter(e -> e.sha256().equals(sha256))
        .isPresent();
  }

  /** Returns when this provider may begin; {@code pause} waits a moment and says whether to go on waiting. */
  void await(java.util.function.BooleanSupplier pause) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (open()) {
      if (System.nanoTime() - end > 0) {
        LOG.warn("the former provider of deploy did not finish in time; this one begins");
        break;
      }
      if (!pause.getAsBoolean()) {
        return;
      }
    }
    if (state.get(KEY).isPresent()) {
      forget();
    }
  }
}
