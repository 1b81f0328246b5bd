package org.ladang.registry;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The bare contract of a plugin: {@code initialize → execute* → cleanup}. Most authors write {@code @Action} methods
 * instead, which bring schemas, roles and help with them; this is for those whose actions are not known when the jar is
 * built. Publish it as a Declarative Services component of a plugin bundle; one per plugin.
 *
 * <p>All methods are asynchronous: they return soon, and the stage is completed when the work is done. A stage that is
 * completed exceptionally is a failure; a {@link org.ladang.kernel.LadangException} keeps its code and sentence.
 */
@ConsumerType
public interface Plugin {
  /**
   * Called once, before the first call. The plugin serves when the stage is complete; a failure, or no answer within
   * ten seconds (configurable), refuses the plugin, and its former version goes on serving.
   */
  CompletionStage<Void> initialize(PluginInfo info);

  /**
   * Does what {@code action} names. Called by any number of threads at once.
   *
   * @param action the plugin's own name for it
   * @param arguments JSON-shaped, by name
   * @return a JSON-shaped result; null where there is nothing to say
   */
  CompletionStage<Object> execute(String action, Map<String, Object> arguments);

  /** Called once, after the last call; has five seconds (configurable), after which the bundle is stopped anyway. */
  CompletionStage<Void> cleanup();

  /** How the plugin feels. Asked whenever somebody looks; an answer that takes over a second is not waited for. */
  CompletionStage<PluginHealth> health();
}
