package org.ladang.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/**
 * Makes the bundle a plugin: bnd writes the passport, a {@code ladang.plugin} capability, into the manifest. Put it on
 * one class of the bundle.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(
    namespace = "ladang.plugin",
    attribute = {
      "ladang.plugin=\"${#name}\"",
      "title=\"${#title}\"",
      "activation=\"${tolower;${#activation}}\"",
      "isolation=none",
      "overlap=\"${#overlap}\"",
      "publisher=\"${#publisher}\"",
      "smoke=\"${#smoke}\"",
      "migration=\"${tolower;${#migration}}\""
    })
public @interface LadangPlugin {
  /** The plugin's name and the first word of its actions: lower-case letters, digits, {@code -} and {@code _}. */
  String name();

  /** A short title for people. */
  String title() default "";

  /** When the plugin is started. */
  Activation activation() default Activation.EAGER;

  /** Whether two versions may run beside each other for the moment of an upgrade. */
  boolean overlap() default true;

  /** Who publishes it. */
  String publisher() default "";

  /**
   * An action of the plugin, without its first word, that takes no arguments and says whether the plugin works: a version
   * whose action throws is not taken. Called on the new version before anybody else can call it.
   */
  String smoke() default "";

  /**
   * What this version does to the files of an earlier one, by {@link UpgradeHook#migrate}. Where it does anything, the
   * versions do not run beside each other for the moment of the upgrade, and calls wait.
   */
  Migration migration() default Migration.NONE;

  /** What a version does to the files of an earlier one. */
  enum Migration {
    /** Nothing: both versions read and write the same files. */
    NONE,
    /** It changes them, and the earlier version can read what it makes of them. */
    BOTH_WAYS,
    /** It changes them so that the earlier version cannot read them: going back is going back to a copy. */
    ONE_WAY
  }

  /** When a plugin is started. */
  enum Activation {
    /** When it is deployed and whenever the runtime starts. */
    EAGER,
    /** At the first call of one of its actions; until then no class of it is loaded. */
    LAZY
  }
}
