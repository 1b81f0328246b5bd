package org.ladang.kernel.action;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method of an {@link ActionSource} component an action. An annotation processor writes name,
 * description and the JSON schemas of arguments and result into {@code OSGI-INF/ladang/actions.json}; shell command,
 * REST route, OpenAPI, help and completion are generated from there.
 *
 * <p>Arguments and result may be primitives and their boxes, {@code String}, enums, records, {@code Optional}, {@code
 * List}, {@code Set}, {@code Map<String, ?>}, {@code Instant}, {@code Duration}, {@code BigDecimal}, {@code Object}
 * (any JSON value) and, as a result, a {@code CompletionStage} of those. A parameter of type {@link CallContext}
 * receives the call's context and is no argument.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Action {
  /** The action's name; by default the method's, from {@code camelCase} to {@code snake_case}. */
  String name() default "";

  /** What it does, as a sentence. */
  String description();

  /** The lowest role that may call it. */
  Role role();

  /** What it does to the world. */
  Effect effect() default Effect.READ;

  /** Whether calling it twice does no more than calling it once; reads are. */
  boolean idempotent() default false;

  /** How long a call may take at the most, for example {@code 500ms}, {@code 10s}, {@code 5m}. */
  String timeout() default "10s";

  /** Groups actions in help and console; by default the owner. */
  String category() default "";
}
