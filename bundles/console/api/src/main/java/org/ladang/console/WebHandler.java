package org.ladang.console;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers web requests. The console's provider implements it; the front door, which is never swapped, calls it through
 * the kernel's proxy, so that requests wait while the provider is replaced. Safe for any thread.
 */
@ProviderType
public interface WebHandler {
  /**
   * Answers a request. Returns soon: whatever takes time happens behind the stage.
   *
   * @return a stage that is completed with a response, also for every refusal; it fails only when the handler itself is
   *     broken
   */
  CompletionStage<WebResponse> handle(WebRequest request);

  /** All routes at this moment, one for each action too; a snapshot. */
  List<Route> routes();
}
