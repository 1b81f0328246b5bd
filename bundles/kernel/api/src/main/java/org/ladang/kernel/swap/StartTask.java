package org.ladang.kernel.swap;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service of a room whose first work belongs to the start: the runtime is ready once it is done, or has
 * taken longer than the start's deadline.
 */
@ConsumerType
public interface StartTask {
  /** What is being waited for, in a few words: {@code the inbox}. */
  String title();

  /** Done when the work is; the value means nothing. Asked once. */
  CompletionStage<Void> finished();
}
