package org.ladang.registry;

import java.util.Optional;

/**
 * A jar without OSGi metadata that runs as the bundle that was made of it, and how far its migration is.
 *
 * @param name what callers name: a plugin's name without {@code -legacy}, a library's symbolic name
 * @param bundle the symbolic name of the bundle that stands for it
 * @param version its version
 * @param file its file in the inbox
 * @param plugin whether it is a plugin; else a library or a provider of services
 * @param state as in {@link PluginSummary#state()}
 * @param successor the plugin that takes its place; empty where none is there or declared
 * @param successorVersion the successor's version; empty where it is not there
 * @param successorState the successor's state; empty where it is not there
 * @param calls where calls to {@code name} go now; empty for what is no plugin
 * @param sentence what to do next
 */
public record LegacyModule(
    String name,
    String bundle,
    String version,
    String file,
    boolean plugin,
    String state,
    String successor,
    String successorVersion,
    String successorState,
    Optional<Way> calls,
    String sentence) {

  /** Where calls go while a legacy plugin and its successor run beside each other. */
  public enum Way {
    /** To the jar without OSGi metadata. */
    LEGACY,
    /** To the bundle that takes its place. */
    OSGI
  }
}
