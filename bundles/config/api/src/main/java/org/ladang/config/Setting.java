package org.ladang.config;

import java.util.List;
import java.util.Optional;

/**
 * One key that can be set.
 *
 * @param key its name
 * @param title a short title; may be empty
 * @param type what a value is
 * @param many whether the value is a list of such
 * @param defaults the values that apply where no layer has one; one at the most unless {@code many}; masked for secrets
 * @param description what it means; may be empty
 * @param secret whether its values are never shown
 * @param required whether it must have a value
 * @param options the values that are allowed; any where empty
 * @param min the lowest number or shortest text allowed
 * @param max the highest number or longest text allowed
 */
public record Setting(
    String key,
    String title,
    Type type,
    boolean many,
    List<String> defaults,
    String description,
    boolean secret,
    boolean required,
    List<Option> options,
    Optional<String> min,
    Optional<String> max) {

  public Setting {
    defaults = List.copyOf(defaults);
    options = List.copyOf(options);
  }

  /** What a value is. */
  public enum Type {
    /** Text. */
    STRING,
    /** True or false. */
    BOOLEAN,
    /** A whole number from -128 to 127. */
    BYTE,
    /** A whole number from -32768 to 32767. */
    SHORT,
    /** A whole number of 32 bits. */
    INTEGER,
    /** A whole number of 64 bits. */
    LONG,
    /** A number with a fraction, single precision. */
    FLOAT,
    /** A number with a fraction, double precision. */
    DOUBLE,
    /** One character. */
    CHARACTER
  }

  /**
   * A value that is allowed.
   *
   * @param value the value, as it is written
   * @param label what it is called
   */
  public record Option(String value, String label) {}
}
