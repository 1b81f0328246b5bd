package org.ladang.registry;

import java.time.Instant;
import java.util.List;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

/**
 * All that is known of a plugin.
 *
 * @param name its name
 * @param title a short title for people; may be empty
 * @param version its passport's version
 * @param state as in {@link PluginSummary#state()}
 * @param since since when it is in that state
 * @param lazy whether it is started at its first call only
 * @param publisher who publishes it; may be empty
 * @param bundle its symbolic name
 * @param file the file of the inbox it came as; empty where it came with the distribution
 * @param requirements the plugins that it needs
 * @param neededBy the names of the plugins that need it
 * @param actions what it offers
 * @param health {@code healthy}, {@code degraded} or {@code unhealthy}
 * @param sentence what is wrong; empty where nothing is
 */
public record PluginDescription(
    String name,
    String title,
    String version,
    String state,
    Instant since,
    boolean lazy,
    String publisher,
    String bundle,
    String file,
    List<Requirement> requirements,
    List<String> neededBy,
    List<Offer> actions,
    String health,
    String sentence) {

  public PluginDescription {
    requirements = List.copyOf(requirements);
    neededBy = List.copyOf(neededBy);
    actions = List.copyOf(actions);
  }

  /**
   * An action that the plugin offers.
   *
   * @param id as the gate and the shell know it: {@code bots:create_bot}
   * @param description what it does, as a sentence
   * @param role the lowest role that may call it
   * @param effect what it does to the world
   */
  public record Offer(String id, String description, Role role, Effect effect) {}
}
