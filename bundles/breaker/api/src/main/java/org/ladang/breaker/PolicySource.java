package org.ladang.breaker;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A whiteboard service that brings policies; they are gone with it. Their breakers' states are kept until they are back. */
@ConsumerType
public interface PolicySource {
  /** The policies; asked once, when the service comes. */
  List<PolicySettings> policies();
}
