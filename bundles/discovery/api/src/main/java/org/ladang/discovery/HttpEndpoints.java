package org.ladang.discovery;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Calls over HTTP to one of several endpoints. Safe for any thread. */
@ProviderType
public interface HttpEndpoints {
  /**
   * Sends a request to one of the endpoints that a route finds. An endpoint that could not be reached has not got the
   * request: the next is tried. What was sent is not sent again.
   *
   * @return done at the latest shortly after the call's limit; fails with {@code LADANG-DISCOVERY-006} when there is
   *     nobody to call, {@code -007} when the one that was called failed, {@code -008} when there was no answer in time,
   *     {@code -009} when the answer is too large
   */
  CompletionStage<HttpAnswer> send(Route route, HttpCall call);
}
