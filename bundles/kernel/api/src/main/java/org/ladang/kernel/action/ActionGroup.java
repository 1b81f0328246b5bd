package org.ladang.kernel.action;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the first word of a subsystem's actions where it is not the room's name: {@code plugin:list} belongs to {@code
 * registry}. A plugin's actions always begin with the plugin's name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActionGroup {
  /** The first word. */
  String value();
}
