package org.ladang.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.swap.Passport;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugins that run or are ready to, and what they need of each other. Read from passports: no class of a plugin is
 * loaded for any of this. Safe for any thread.
 */
@ProviderType
public interface Registry {
  /** All plugins, in the order of their names. */
  List<PluginSummary> list();

  /** One plugin by its name or symbolic name; empty where there is none. */
  Optional<PluginDescription> describe(String name);

  /**
   * Why a bundle (plugin, subsystem or plain) does not serve, in sentences, the nearest cause first; one sentence that
   * says so where all is well.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-REGISTRY-001} where nothing of that name is known
   */
  List<String> why(String name);

  /**
   * What a plugin would miss if it were deployed now.
   *
   * @param candidate the plugin
   * @param arriving passports that are on their way in as well, and count as if they were there
   * @return one sentence for each requirement that is not met; empty where all are
   */
  List<String> check(Passport candidate, List<Passport> arriving);

  /**
   * Which plugins would lose what they need if {@code candidate} took the place of the plugin of its name.
   *
   * @param candidate the newer (or older) version
   * @param arriving passports that are on their way in as well, and count instead of those that run
   * @return one sentence for each plugin whose range does not include the candidate's version
   */
  List<String> checkReplacement(Passport candidate, List<Passport> arriving);

  /**
   * Which plugins would lose what they need if this one went.
   *
   * @return one sentence for each
   */
  List<String> checkRemoval(String name);

  /**
   * Calls an action of a plugin: through the gate, with the caller's context, where the plugin declares it; else {@link
   * Plugin#execute} of a bare plugin, for which the caller needs to be an operator.
   *
   * @return the JSON-shaped result; the stage is completed at the context's deadline at the latest
   */
  CompletionStage<Object> execute(
      CallContext context, String plugin, String action, Map<String, Object> arguments);

  /** The jars without OSGi metadata that run, in the order of their names. */
  List<LegacyModule> legacy();

  /**
   * Says where calls of a legacy plugin's name go while its successor is there too; they go the other way as long as
   * the preferred one does not serve. Kept over restarts. The successor is preferred unless told otherwise.
   *
   * @param name the plugin's name, with or without {@code -legacy}
   * @param successor another plugin that takes its place; empty leaves it as it is, which is the plugin of that name
   * @throws org.ladang.kernel.LadangException {@code LADANG-REGISTRY-012} there is no such legacy plugin
   */
  LegacyModule prefer(String name, LegacyModule.Way way, Optional<String> successor);
}
