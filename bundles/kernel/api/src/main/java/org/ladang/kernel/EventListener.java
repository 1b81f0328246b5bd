package org.ladang.kernel;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service that is told of every {@link Event}. Called on one thread of the kernel, in order; a listener
 * that throws is logged and stays, one that is slow loses the oldest events it has not yet seen.
 */
@ConsumerType
public interface EventListener {
  /** Called once for each event. */
  void onEvent(Event event);
}
