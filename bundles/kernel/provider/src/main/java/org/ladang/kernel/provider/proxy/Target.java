package org.ladang.kernel.provider.proxy;

import java.util.concurrent.atomic.LongAdder;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A service object that calls may be inside of. Two adders instead of one counter: callers on different cores do not
 * fight for a cache line, and reading {@code left} before {@code entered} can never make a busy target look idle.
 */
public final class Target {
  private final ServiceReference<?> reference;
  private final Bundle bundle;
  private final Object service;
  private final Object attachment;
  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();

  /**
   * @param attachment what the owner of the slot wants to find again; may be null
   */
  Target(ServiceReference<?> reference, Object service, Object attachment) {
    this.reference = reference;
    this.bundle = reference.getBundle();
    this.service = service;
    this.attachment = attachment;
  }

  /** The raw service object. */
  public Object service() {
    return service;
  }

  /** What was attached when the target was taken; may be null. */
  public Object attachment() {
    return attachment;
  }

  ServiceReference<?> reference() {
    return reference;
  }

  /** The bundle that registered the service. */
  public Bundle bundle() {
    return bundle;
  }

  void entering() {
    entered.increment();
  }

  /** Ends a call that {@link Slot#enter} began. */
  public void leave() {
    left.increment();
  }

  /** How many calls are inside. */
  long busy() {
    long out = left.sum();
    return entered.sum() - out;
  }
}
