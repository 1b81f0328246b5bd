package org.ladang.registry;

import java.nio.file.Path;

/**
 * What a bare plugin is told of itself when it is initialized.
 *
 * @param name the plugin's name, as in its passport
 * @param version the plugin's version, as in its passport
 * @param dataDir a folder for the plugin's own files; exists, and survives upgrades
 */
public record PluginInfo(String name, String version, Path dataDir) {}
