package org.ladang.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/**
 * Makes the bundle the provider of a room: bnd writes a {@code ladang.subsystem} capability into the manifest, by which
 * the kernel finds it. Put it on one class of the bundle.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(
    namespace = "ladang.subsystem",
    attribute = {"ladang.subsystem=\"${#name}\"", "title=\"${#title}\"", "overlap=\"${#overlap}\""})
public @interface LadangSubsystem {
  /** The room's name, for example {@code shard}. */
  String name();

  /** A short title for people. */
  String title() default "";

  /** Whether two versions may run beside each other for the moment of an upgrade. */
  boolean overlap() default true;
}
