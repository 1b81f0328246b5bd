package org.ladang.config;

import java.util.List;
import java.util.Optional;

/**
 * What can be configured under a PID, as its bundle declares it (Metatype).
 *
 * @param pid the PID, or the factory's PID
 * @param name the shortest name that people can use for it
 * @param title a short title; may be empty
 * @param description what it is for; may be empty
 * @param factory whether there can be several, each {@code <pid>~<name>}
 * @param open whether keys that are not declared are passed on too, as for bundles that are not made for Ladang
 * @param bundle the symbolic name of the bundle that declares it
 * @param version the version of that bundle
 * @param settings what can be set, in the declared order
 */
public record Schema(
    String pid,
    String name,
    String title,
    String description,
    boolean factory,
    boolean open,
    String bundle,
    String version,
    List<Setting> settings) {

  public Schema {
    settings = List.copyOf(settings);
  }

  /** The setting of that key. */
  public Optional<Setting> setting(String key) {
    return settings.stream().filter(s -> s.key().equals(key)).findFirst();
  }
}
