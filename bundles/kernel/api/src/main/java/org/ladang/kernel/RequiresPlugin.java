package org.ladang.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * Says that the plugin needs another one. The framework does not wire it (a wire would stop this plugin at each upgrade
 * of the other); the registry checks and explains it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(RequiresPlugin.List.class)
@Requirement(
    namespace = "ladang.plugin",
    name = "${#value}",
    version = "${#version}",
    effective = "active")
public @interface RequiresPlugin {
  /** The other plugin's name. */
  String value();

  /** The lowest version that will do, for example {@code 1.2}; the next major version will not. */
  String version();

  /** Several requirements. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.TYPE)
  @interface List {
    /** The requirements. */
    RequiresPlugin[] value();
  }
}
